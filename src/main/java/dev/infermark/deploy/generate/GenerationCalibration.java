package dev.infermark.deploy.generate;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

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
 * @param hiddenRelayouts passes over the hidden states of several prompts in the layout of releases up to 2.18.0
 * @param loopSeconds what the Python loop around an encoder-decoder adds to each token
 */
public record GenerationCalibration(
        double allReduceSeconds,
        double serialAttentions,
        double filterSeconds,
        double cacheRelayouts,
        double largeAllReduceSeconds,
        double prefillSeconds,
        double hiddenRelayouts,
        double loopSeconds) {

    /** Refuses what is no finite number or negative. */
    public GenerationCalibration {
        double least = Math.min(
                Math.min(Math.min(allReduceSeconds, serialAttentions), Math.min(filterSeconds, cacheRelayouts)),
                Math.min(
                        Math.min(largeAllReduceSeconds, prefillSeconds),
                        Math.min(hiddenRelayouts, loopSeconds)));
        double sum = allReduceSeconds + serialAttentions + filterSeconds + cacheRelayouts + largeAllReduceSeconds
                + prefillSeconds + hiddenRelayouts + loopSeconds;
        if (!(least >= 0) || !Double.isFinite(sum)) {
            throw new UserError("a parameter of text generation is no number of 0 or more; write the file by "
                    + "infermark calibrate --generation-out");
        }
    }

    /** The parameters that come with this release. */
    public static GenerationCalibration builtIn() {
        try (var in = Objects.requireNonNull(GenerationCalibration.class.getResourceAsStream("generation.json"))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parameters in a file; refuses a broken one. */
    public static GenerationCalibration read(Path file) {
        try {
            return parse(SafeFiles.read(file));
        } catch (JacksonException e) {
            throw new UserError(file + ": no parameters of text generation: " + e.getOriginalMessage()
                    + "; write the file by infermark calibrate --generation-out", e);
        }
    }

    /** The parameters as the content of a file. */
    public String json() {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(this) + "\n";
    }

    private static GenerationCalibration parse(String json) {
        return JsonMapper.shared().readValue(json, GenerationCalibration.class);
    }
}
