package dev.infermark.lower.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.lower.shard.AttentionShape.Kind;
import dev.infermark.lower.shard.WeightShape.Split;
import dev.infermark.reader.Models;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TransformerShapeTest {

    @Test
    void findsTheLayersOfALlama() {
        TransformerShape shape = of("llama-3.2-1b");
        assertEquals(1, shape.decoder().size());
        assertEquals(16, shape.layers());
        assertEquals(new AttentionShape(Kind.SELF, 2048, 32, 8, 64), shape.attention());
        assertEquals(128_256, shape.vocabulary());
        assertEquals(
                8192, shape.decoder().getFirst().block().innerColumns());
        assertEquals(2, shape.decoder().getFirst().block().reductions());
    }

    @Test
    void seesThroughAProjectionOfQueriesKeysAndValuesAtOnce() {
        TransformerShape shape = of("gpt2");
        assertEquals(new AttentionShape(Kind.SELF, 768, 12, 12, 64), shape.attention());
        assertEquals(50_257, shape.vocabulary());
        assertEquals(12, shape.layers());
    }

    @Test
    void keepsEveryParameterExactlyOnce() {
        for (String model : new String[] {"gpt2", "opt-125m", "llama-3.2-1b", "t5-small"}) {
            TransformerShape shape = of(model);
            assertEquals(graph(model).parameters(), parameters(shape), model);
        }
    }

    @Test
    void tellsTheDecoderOfAnEncoderDecoderByItsCrossAttention() {
        TransformerShape shape = of("t5-small");
        assertEquals(6, shape.encoder().stream().mapToInt(TransformerShape.Repeated::count).sum());
        assertEquals(6, shape.layers());
        BlockShape block = shape.decoder().getFirst().block();
        assertEquals(2, block.attentions().size());
        assertEquals(Kind.CROSS, block.attentions().getLast().kind());
        assertEquals(3, block.reductions());
    }

    @Test
    void splitsColumnsThenRows() {
        BlockShape block = of("opt-125m").decoder().getFirst().block();
        assertEquals(Split.COLUMNS, block.feedForward().getFirst().split());
        assertEquals(Split.ROWS, block.feedForward().getLast().split());
        assertEquals(3072 / 8 * 768, block.feedForward().getLast().parametersOf(8));
    }

    @Test
    void tellsExpertsAndTheirRouterFromMatricesThatAllTokensGoThrough() {
        BlockShape block = of("qwen3-30b-a3b").decoder().getFirst().block();
        assertEquals(1, block.dense().size());
        assertEquals(new WeightShape(Split.NONE, 2048, 128), block.dense().getFirst());
        assertEquals(3, block.experts().size());
        assertEquals(new WeightShape(Split.ROWS, 768, 2048, 128, 8), block.experts().getLast());
        assertEquals(2, block.reductions());
    }

    @Test
    void refusesANetworkWithoutAttention() {
        Graph graph = Models.find("resnet18").graph(Workload.ofBatch(1));
        assertThrows(UserError.class, () -> TransformerShape.of(graph));
    }

    /** All parameters on one core: those of attention and feed-forward, and the rest with the tied head. */
    private static long parameters(TransformerShape shape) {
        long sum = shape.embeddings();
        for (TransformerShape.Repeated each : Stream.concat(
                        shape.encoder().stream(), shape.decoder().stream())
                .toList()) {
            BlockShape block = each.block();
            long ofBlock = block.attentions().stream()
                            .mapToLong(a -> 2 * a.hidden() * a.width() * (a.heads() + a.keyValueHeads()))
                            .sum()
                    + block.feedForward().stream().mapToLong(w -> w.parametersOf(1)).sum();
            sum += each.count() * ofBlock;
        }
        return sum;
    }

    private static TransformerShape of(String model) {
        return TransformerShape.of(graph(model));
    }

    private static Graph graph(String model) {
        Workload workload = Workload.ofBatch(1).withSequenceLength(16);
        return Models.find(model)
                .graph(model.startsWith("t5")
                        ? workload.withTargetLength(4)
                        : workload.withHead(TaskHead.CAUSAL_LM));
    }
}
