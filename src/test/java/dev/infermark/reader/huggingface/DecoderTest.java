package dev.infermark.reader.huggingface;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Tensor;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Decoders compute whole sequences, and single tokens on the keys and values of earlier ones. */
class DecoderTest {

    @Test
    void aTracedForwardPassReturnsTheKeysAndValuesOfEachLayer() {
        HuggingFaceModel model = HuggingFaceModel.parse("my.json", """
                {"model_type": "gpt2", "vocab_size": 10, "n_embd": 8, "n_layer": 3, "n_head": 2, "n_ctx": 16}""");
        Graph graph = model.graph(Workload.ofBatch(2).withSequenceLength(7));
        assertEquals(1 + 2 * 3, graph.outputs().size());
        assertEquals(Shape.of(2, 7, 8), graph.outputs().get(0).shape());
        assertEquals(Shape.of(2, 2, 7, 4), graph.outputs().get(1).shape());
        Workload step = Workload.ofBatch(2).withSequenceLength(1).withCachedTokens(9);
        assertEquals(1, model.graph(step).outputs().size());
    }

    @Test
    void builtInDecodersReturnTheirResultAlone() {
        assertEquals(1, graph("gpt2", Workload.ofBatch(2)).outputs().size());
        assertEquals(1, graph("llama-2-7b", Workload.ofBatch(2)).outputs().size());
        assertEquals(2, graph("t5-small", Workload.ofBatch(2)).outputs().size());
        assertEquals(1, graph("t5-small", Workload.ofBatch(2).withHead(TaskHead.NEXT_TOKEN)).outputs().size());
    }

    @Test
    void aStepOnTheCacheDoesTheWorkOfItsTokensAlone() {
        long cached = 2047;
        Graph graph = graph("llama-3-8b", Workload.ofBatch(4).withSequenceLength(1).withCachedTokens(cached));
        long perLayer = 2 * 4096 * 4096 + 2 * 4096 * 1024 + 3 * 4096 * 14336 + 2 * (cached + 1) * 4096;
        assertEquals(2 * 4 * (32L * perLayer + 4096 * 128256), graph.work().flops());
        assertEquals(8_030_261_248L, graph.parameters());
        assertEquals(Shape.of(4, 8, cached, 128), state(graph, "past_key_values.31.key").shape());
        assertEquals(2 * 32, graph.state().size());
    }

    /** As the framework does where the config lists no layers: every sixth, or every other one that is asked for. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "\"sliding_window_pattern\": 6 | 0 0 0 0 0 1",
        "\"sliding_window_pattern\": 3 | 0 0 1 0 0 1",
        "\"layer_types\": [F, S, S, S, S, F] | 1 0 0 0 0 1",
        "\"layer_types\": [F, F, F, F, F, F] | 1 1 1 1 1 1"
    })
    void layersKeepWhatTheirWindowsLetThemSee(String key, String seesAll) {
        Graph step = gemma3(key).graph(Workload.ofBatch(1).withSequenceLength(1).withCachedTokens(100));
        String[] whole = seesAll.split(" ", -1);
        for (int layer = 0; layer < whole.length; layer++) {
            long kept = state(step, "past_key_values." + layer + ".key").shape().dimension(-2);
            assertEquals(whole[layer].equals("1") ? 100 : 15, kept, "layer " + layer);
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "[F, S] | has 2 entries for 6 layers",
        "[F, S, S, S, S, \"linear_attention\"] | \"linear_attention\" is not modelled"
    })
    void layersOfOtherKindsAreRefused(String types, String reason) {
        assertMentions(assertThrows(UserError.class, () -> gemma3("\"layer_types\": " + types)), reason);
    }

    private static HuggingFaceModel gemma3(String key) {
        return HuggingFaceModel.parse("my.json", """
                {"model_type": "gemma3_text", "vocab_size": 10, "hidden_size": 8, "num_hidden_layers": 6,
                "num_attention_heads": 2, "head_dim": 4, "intermediate_size": 16, "sliding_window": 16,
                """
                + key.replace("F", "\"full_attention\"").replace("S", "\"sliding_attention\"") + "}");
    }

    @Test
    void theNextTokenAloneNeedsTheScoresOfOneTokenPerSequence() {
        Workload workload = Workload.ofBatch(2).withSequenceLength(64).withType(DataType.BF16);
        Graph all = graph("llama-2-7b", workload);
        Graph next = graph("llama-2-7b", workload.withHead(TaskHead.NEXT_TOKEN));
        assertEquals(Shape.of(2, 64, 32000), all.outputs().getFirst().shape());
        assertEquals(Shape.of(2, 32000), next.outputs().getFirst().shape());
        assertEquals(2L * 2 * 63 * 4096 * 32000, all.work().flops() - next.work().flops());
        assertEquals(DataType.BF16, next.outputs().getFirst().type().type());
    }

    @Test
    void theCacheOfASlidingWindowHoldsTheWindowAlone() {
        Graph graph = graph("mistral-7b", Workload.ofBatch(1).withSequenceLength(1).withCachedTokens(10_000));
        assertEquals(4095, state(graph, "past_key_values.0.key").shape().dimension(2));
    }

    @Test
    void learnedPositionsLimitCachedAndNewTokensTogether() {
        Workload workload = Workload.ofBatch(1).withSequenceLength(24).withCachedTokens(1001);
        UserError error = assertThrows(UserError.class, () -> graph("gpt2", workload));
        assertMentions(error, "1024 positions, fewer than the 1025 tokens");
    }

    @Test
    void rotaryPositionsRunBeyondTheTrainedLength() {
        Graph graph = graph("llama-2-7b", Workload.ofBatch(1).withSequenceLength(8192));
        assertEquals(Shape.of(1, 8192, 32000), graph.outputs().getFirst().shape());
    }

    @Test
    void aClassifierScoresTheLastToken() {
        Graph graph = graph("gpt2", Workload.ofBatch(3).withHead(TaskHead.SEQUENCE_CLASSIFICATION));
        assertEquals(Shape.of(3, 2), graph.outputs().getFirst().shape());
    }

    @Test
    void aStepOfT5RunsTheDecoderAloneOnTheCachedEncoder() {
        Graph step = graph("t5-3b", Workload.ofBatch(2).withSequenceLength(128).withCachedTokens(83));
        assertEquals(Shape.of(2, 32, 128, 128), state(step, "past_key_values.23.encoder.key").shape());
        assertEquals(Shape.of(2, 32, 83, 128), state(step, "past_key_values.23.value").shape());
        long projection = 1024 * 4096;
        long perLayer = 6 * projection + 2 * 1024 * 16384 + 2 * (84 + 128) * 4096;
        assertEquals(2 * 2 * (24L * perLayer + 1024 * 32128), step.work().flops());
        assertTrue(step.nodes().stream().noneMatch(node -> node.layer().startsWith("encoder.block")));
    }

    @Test
    void albertsLayersShareTheirWeights() {
        Graph graph = graph("albert-base-v2", Workload.ofBatch(1));
        assertEquals(12, graph.nodes().stream()
                .filter(node -> node.name().endsWith("/ffn"))
                .filter(node -> node.inputs().get(1).name()
                        .equals("encoder.albert_layer_groups.0.albert_layers.0.ffn.weight"))
                .count());
    }

    @Test
    void refusesSettingsThatTheModelDoesNotHave() {
        assertRefused("gpt2", Workload.ofBatch(1).withImageSize(224), "leave out the image size");
        assertRefused("gpt2", Workload.ofBatch(1).withTargetLength(3), "leave out the target length");
        assertRefused("bert-base-cased", Workload.ofBatch(1).withCachedTokens(3), "leave out the cached tokens");
        assertRefused("vit-base", Workload.ofBatch(1).withSequenceLength(3), "leave out the sequence length");
        assertRefused("vit-base", Workload.ofBatch(1).withImageSize(225), "images of 224 pixels, not 225");
        assertRefused("vit-base", Workload.ofBatch(1).withPrompts(3), "leave out the prompts");
        assertRefused("gpt2", Workload.ofBatch(1).withHead(TaskHead.MASKED_LM), "has no head masked-lm");
    }

    private static void assertRefused(String model, Workload workload, String reason) {
        UserError error = assertThrows(UserError.class, () -> graph(model, workload));
        assertMentions(error, reason);
    }

    private static Tensor state(Graph graph, String name) {
        return graph.state().stream()
                .filter(tensor -> tensor.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Graph graph(String model, Workload workload) {
        return Models.find(model).graph(workload);
    }
}
