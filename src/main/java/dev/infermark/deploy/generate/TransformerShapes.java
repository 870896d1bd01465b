package dev.infermark.deploy.generate;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.lower.shard.AttentionShape;
import dev.infermark.lower.shard.BlockShape;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.lower.shard.TransformerShape.Repeated;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import java.util.List;

/** The shape of a model that generates text, from the graphs that its source lays out. */
public final class TransformerShapes {
    /** A prompt whose length differs from that of the decoder's side. */
    private static final long TOKENS = 16;

    private static final long TARGET_TOKENS = 4;

    /** Longer than any sliding window. */
    private static final long LONG_CACHE = 1L << 20;

    private TransformerShapes() {}

    /**
     * The shape of a model.
     *
     * @throws UserError when it is no transformer
     */
    public static TransformerShape of(ModelSource source) {
        Workload plain = Workload.ofBatch(1).withSequenceLength(TOKENS);
        Graph graph = graph(source, plain.withHead(TaskHead.CAUSAL_LM), plain.withTargetLength(TARGET_TOKENS), plain);
        TransformerShape shape = TransformerShape.of(graph);
        return shape.encoder().isEmpty() ? withWindow(shape, window(source)) : shape;
    }

    /** The first of these workloads that the model can run. */
    private static Graph graph(ModelSource source, Workload first, Workload second, Workload last) {
        for (Workload each : List.of(first, second)) {
            try {
                return source.graph(each);
            } catch (UserError e) {
                // Another kind of model, or a file whose dimensions are fixed.
            }
        }
        return source.graph(last);
    }

    /** How many earlier tokens a model keeps when it has seen very many, this one included. */
    private static long window(ModelSource source) {
        try {
            Graph graph = source.graph(
                    Workload.ofBatch(1).withSequenceLength(1).withCachedTokens(LONG_CACHE));
            return graph.state().stream()
                    .mapToLong(state -> state.shape().dimension(-2))
                    .filter(kept -> kept > 1)
                    .map(kept -> kept < LONG_CACHE ? kept + 1 : Long.MAX_VALUE)
                    .min()
                    .orElse(Long.MAX_VALUE);
        } catch (UserError e) {
            // Its positions end before any window does.
            return Long.MAX_VALUE;
        }
    }

    private static TransformerShape withWindow(TransformerShape shape, long window) {
        return new TransformerShape(
                shape.name(),
                shape.encoder(),
                shape.decoder().stream()
                        .map(each -> new Repeated(withWindow(each.block(), window), each.count()))
                        .toList(),
                shape.vocabulary(),
                shape.hidden(),
                shape.embeddings());
    }

    private static BlockShape withWindow(BlockShape block, long window) {
        List<AttentionShape> attentions =
                block.attentions().stream().map(each -> each.withWindow(window)).toList();
        return new BlockShape(attentions, block.feedForward());
    }
}
