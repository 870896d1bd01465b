package dev.infermark.deploy.generate;

import dev.infermark.json.JsonRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;

/**
 * What generating text adds to the parameters of a core and its host, fitted to published measurements; the same for
 * all models, instances and releases unless the name says otherwise.
 *
 * @param allReduceSeconds an all-reduce of up to 64 KB with the chain of dependent instructions around it
 * @param serialAttentions attentions with shared keys that are passed over one after the other, at most, before they
 *     are laid across the partitions together
 * @param filterSeconds the library's choice of a token among the likeliest on the host, per sequence and token
 * @param cacheRelayouts further passes over the caches of several sequences in the layout of releases up to 2.18.0
 * @param largeAllReduceSeconds start of an all-reduce of 1 MB and more
 * @param prefillSeconds what the first call of a request adds on instances whose chips form a ring or a chain
 * @param sequenceRelayoutSeconds changing the layout of one of several prompts in a layer, up to 2.18.0
 * @param hiddenRelayouts passes over the hidden states of several prompts in the layout of releases up to 2.18.0, where
 *     the on-chip memory does not hold them
 * @param scorePasses passes over the scores of a core's words where a library serves any way of sampling
 * @param loopSeconds what the Python loop around an encoder-decoder adds to each token
 */
public record GenerationCalibration(
        double allReduceSeconds,
        double serialAttentions,
        double filterSeconds,
        double cacheRelayouts,
        double largeAllReduceSeconds,
        double prefillSeconds,
        double sequenceRelayoutSeconds,
        double hiddenRelayouts,
        double scorePasses,
        double loopSeconds) {

    private static final TypeReference<GenerationCalibration> TYPE = new TypeReference<>() {};
    private static final String REMEDY = "write the file by infermark calibrate --generation-out";
    private static final double MOST_SECONDS = 10;
    private static final double MOST_PASSES = 1e4;

    /** Refuses parameters outside of what they can mean. */
    public GenerationCalibration {
        JsonRecords.require("allReduceSeconds", allReduceSeconds, 0, MOST_SECONDS);
        JsonRecords.require("serialAttentions", serialAttentions, 0, MOST_PASSES);
        JsonRecords.require("filterSeconds", filterSeconds, 0, MOST_SECONDS);
        JsonRecords.require("cacheRelayouts", cacheRelayouts, 0, MOST_PASSES);
        JsonRecords.require("largeAllReduceSeconds", largeAllReduceSeconds, 0, MOST_SECONDS);
        JsonRecords.require("prefillSeconds", prefillSeconds, 0, MOST_SECONDS);
        JsonRecords.require("sequenceRelayoutSeconds", sequenceRelayoutSeconds, 0, MOST_SECONDS);
        JsonRecords.require("hiddenRelayouts", hiddenRelayouts, 0, MOST_PASSES);
        JsonRecords.require("scorePasses", scorePasses, 0, MOST_PASSES);
        JsonRecords.require("loopSeconds", loopSeconds, 0, MOST_SECONDS);
    }

    /** The parameters that come with this release. */
    public static GenerationCalibration builtIn() {
        try (var in = Objects.requireNonNull(GenerationCalibration.class.getResourceAsStream("generation.json"))) {
            return JsonRecords.parse(
                    "the built-in parameters", new String(in.readAllBytes(), StandardCharsets.UTF_8), TYPE, REMEDY);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parameters in a file; refuses a broken one. */
    public static GenerationCalibration read(Path file) {
        return JsonRecords.read(file, TYPE, REMEDY);
    }

    /** The parameters as the content of a file. */
    public String json() {
        return JsonRecords.write(this);
    }
}
