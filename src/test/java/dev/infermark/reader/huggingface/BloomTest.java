package dev.infermark.reader.huggingface;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.graph.Graph;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.shard.GraphSharder;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import org.junit.jupiter.api.Test;

class BloomTest {
    private static final long TOKENS = 32;

    @Test
    void hasThePublishedParametersAndItsArithmetic() {
        Graph graph = graph(1024, 16, 24);
        assertEquals(559_214_592L, graph.parameters());
        assertEquals(176_247_271_424L, graph(14_336, 112, 70).parameters());
        long layers = 24 * (12L * 1024 * 1024 + 2 * TOKENS * 1024);
        assertEquals(2 * TOKENS * (layers + 1024L * 250_880), graph.work().flops());
    }

    @Test
    void isGeneratedByAndSharedAmongCoresAsOtherDecoders() {
        Graph graph = graph(1024, 16, 24);
        TransformerShape shape = TransformerShape.of(graph);
        assertEquals(24, shape.layers());
        assertEquals(16, shape.attention().heads());
        assertEquals(16, shape.attention().keyValueHeads());
        assertEquals(250_880, shape.vocabulary());
        Graph part = GraphSharder.of(graph).part(8, Catalog.builtIn().instance("inf2.48xlarge"));
        long layers = 24 * (12L * 1024 * 1024 + 2 * TOKENS * 1024) / 8;
        assertEquals(2 * TOKENS * (layers + 1024L * 250_880), part.work().flops());
    }

    private static Graph graph(long hidden, long heads, long layers) {
        String config = """
                {"model_type": "bloom", "architectures": ["BloomForCausalLM"], "vocab_size": 250880, "n_embed": %d,
                 "num_attention_heads": %d, "n_layer": %d, "seq_length": 2048, "use_cache": false,
                 "apply_residual_connection_post_layernorm": false}""".formatted(hidden, heads, layers);
        return HuggingFaceModel.parse("bloom", config)
                .graph(Workload.ofBatch(1).withSequenceLength(TOKENS).withHead(TaskHead.CAUSAL_LM));
    }
}
