package dev.infermark.reader.builtin;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.graph.Graph;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.CsvSource;

/** Parameters and arithmetic of every built-in model agree with what was published or follows from a formula. */
class ConservationTest {
    private static final long TOKENS = 128;

    /** GPT-3's exact count was not published, only 175 billion. */
    private static final double ROUNDED_COUNT = 0.005;

    @ParameterizedTest
    @CsvFileSource(resources = "transformers.csv", numLinesToSkip = 1)
    void transformersHaveTheirParametersAndArithmetic(
            String model,
            long parameters,
            long layers,
            long width,
            long attentionWidth,
            long keyValueWidth,
            long inner,
            long feedForwardProducts,
            long otherMultiplications) {
        Graph graph = graph(model);
        assertEquals(1.0, graph.parameters() / (double) parameters, model.equals("gpt3-175b") ? ROUNDED_COUNT : 0);
        long projections = 2 * width * attentionWidth + 2 * width * keyValueWidth + feedForwardProducts * width * inner;
        long attention = 2 * TOKENS * attentionWidth;
        long expected = TOKENS * layers * (projections + attention) + otherMultiplications;
        assertEquals(2 * expected, graph.work().flops());
    }

    /** Each token goes through the router and its own experts alone, as many as the parameters of all are. */
    @ParameterizedTest
    @CsvSource({
        "mixtral-8x7b,46702792704,32,4096,4096,1024,14336,8 2,32000",
        "mixtral-8x22b,140620634112,56,6144,6144,1024,16384,8 2,32000",
        "mixtral-8x22b-instruct-v0.1,140630071296,56,6144,6144,1024,16384,8 2,32768",
        "qwen3-30b-a3b,30532122624,48,2048,4096,512,768,128 8,151936",
        "qwen3-235b-a22b,235093634560,94,4096,8192,512,1536,128 8,151936"
    })
    void mixturesOfExpertsHaveTheirParametersAndArithmetic(
            String model,
            long parameters,
            long layers,
            long width,
            long attentionWidth,
            long keyValueWidth,
            long inner,
            String expertsAndChosen,
            long words) {
        long experts = Long.parseLong(expertsAndChosen.split(" ", -1)[0]);
        long chosen = Long.parseLong(expertsAndChosen.split(" ", -1)[1]);
        Graph graph = graph(model);
        assertEquals(parameters, graph.parameters());
        long projections = 2 * width * (attentionWidth + keyValueWidth) + 2 * TOKENS * attentionWidth;
        long feedForward = width * (experts + 3 * chosen * inner);
        assertEquals(2 * TOKENS * (layers * (projections + feedForward) + width * words), graph.work().flops());
    }

    /** Multiply-accumulates of convolutional networks as torchvision documents them, of ViTs as timm does. */
    @ParameterizedTest
    @CsvFileSource(resources = "images.csv", numLinesToSkip = 1)
    void networksOverImagesHaveThePublishedParametersAndArithmetic(
            String model, long parameters, double gigaMultiplyAccumulates) {
        Graph graph = graph(model);
        assertEquals(parameters, graph.parameters());
        assertEquals(gigaMultiplyAccumulates, graph.work().flops() / 2e9, 0.01 * gigaMultiplyAccumulates);
    }

    @ParameterizedTest
    @CsvSource({
        "t5-small,60506624,6,512,512,2048,2",
        "t5-base,222903552,12,768,768,3072,2",
        "t5-large,737668096,24,1024,1024,4096,2",
        "t5-3b,2851598336,24,1024,4096,16384,2",
        "t5-11b,11307321344,24,1024,16384,65536,2",
        "flan-t5-small,76961152,8,512,384,1024,3",
        "flan-t5-base,247577856,12,768,768,2048,3",
        "flan-t5-large,783150080,24,1024,1024,2816,3",
        "flan-t5-xl,2849757184,24,2048,2048,5120,3",
        "flan-t5-xxl,11135332352,24,4096,4096,10240,3"
    })
    void encoderDecodersHaveTheirParametersAndArithmetic(
            String model, long parameters, long layers, long width, long attentionWidth, long inner, long products) {
        Graph graph = Models.find(model).graph(Workload.ofBatch(1).withTargetLength(3));
        assertEquals(parameters, graph.parameters());
        long s = TOKENS;
        long t = 3;
        long projection = width * attentionWidth;
        long feedForward = products * width * inner;
        long encoder = s * (4 * projection + feedForward + 2 * s * attentionWidth);
        long decoder = t * (6 * projection + feedForward + 2 * (t + s) * attentionWidth) + s * 2 * projection;
        assertEquals(2 * (layers * (encoder + decoder) + t * width * 32128), graph.work().flops());
    }

    @ParameterizedTest
    @CsvSource({
        "bart-base,139420416",
        "bart-large,406291456",
        "whisper-tiny,37760640",
        "whisper-base,72593920",
        "whisper-small,241734912",
        "whisper-medium,763857920",
        "whisper-large-v2,1543304960",
        "whisper-large-v3,1543490560",
        "whisper-large-v3-turbo,808878080"
    })
    void otherEncoderDecodersHaveThePublishedParameters(String model, long parameters) {
        assertEquals(
                parameters,
                Models.find(model)
                        .graph(Workload.ofBatch(1).withTargetLength(3))
                        .parameters());
    }

    @ParameterizedTest
    @CsvSource({
        "clip-vit-base-patch32,151277313,12,768,32,224,512,512",
        "clip-vit-base-patch16,149620737,12,768,16,224,512,512",
        "clip-vit-large-patch14,427616513,24,1024,14,224,768,768",
        "clip-vit-large-patch14-336,427944193,24,1024,14,336,768,768"
    })
    void clipHasItsParametersAndArithmetic(
            String model, long parameters, long layers, long width, long patch, long image, long text, long shared) {
        long images = 3;
        long prompts = 5;
        Graph graph = Models.find(model).graph(Workload.ofBatch(images).withPrompts(prompts));
        assertEquals(parameters, graph.parameters());
        long patches = image / patch * (image / patch);
        long perImage = patches * 3 * patch * patch * width + tower(layers, width, patches + 1) + width * shared;
        long perText = tower(12, text, 77) + text * shared;
        assertEquals(2 * (images * perImage + prompts * perText + images * prompts * shared), graph.work().flops());
    }

    @Test
    void uNetHasThePublishedParametersAndItsArithmetic() {
        Graph graph = graph("unet");
        assertEquals(31_037_698L, graph.parameters());
        long down = 0;
        long up = 0;
        for (int level = 0; level <= 4; level++) {
            long pixels = (224L >> level) * (224L >> level);
            long width = 64L << level;
            long in = level == 0 ? 3 : width / 2;
            down += pixels * 9 * width * (in + width);
            if (level < 4) {
                // A transposed convolution from twice the width, then two convolutions on the joined maps.
                up += pixels * (2 * width * width + 9 * width * (2 * width + width));
            }
        }
        assertEquals(2 * (down + up + 224 * 224 * 64 * 2), graph.work().flops());
    }

    @Test
    void everyBuiltInModelIsCheckedHere() {
        Set<String> checked = Stream.of(column("transformers.csv"), column("images.csv"))
                .flatMap(names -> names)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> all = Catalogue.shared().models().stream()
                .filter(model -> !Set.of("t5", "bart", "whisper", "clip", "unet", "mixtral", "qwen3_moe")
                        .contains(model.family()))
                .map(BuiltInModel::name)
                .collect(Collectors.toCollection(TreeSet::new));
        assertEquals(all, checked);
        assertEquals(10 + 9 + 4 + 1 + 5, Catalogue.shared().models().size() - all.size());
    }

    private static long tower(long layers, long width, long tokens) {
        return layers * tokens * (12 * width * width + 2 * tokens * width);
    }

    private static Graph graph(String model) {
        return Models.find(model).graph(Workload.ofBatch(1));
    }

    private static Stream<String> column(String resource) {
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(ConservationTest.class.getResourceAsStream(resource)),
                StandardCharsets.UTF_8))) {
            return reader.lines().skip(1).map(line -> line.substring(0, line.indexOf(','))).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
