package dev.infermark.deploy.generate;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.lower.shard.AttentionShape;
import dev.infermark.lower.shard.BlockShape;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.HuggingFaceModel;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

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
     * @throws UserError when it is no transformer, or the config of one that reads all its tokens at once
     */
    public static TransformerShape of(ModelSource source) {
        return of(source, Workload.ofBatch(1));
    }

    /** The same with the sizes of a file's dimensions, and what is decided of it, as in a workload. */
    static TransformerShape of(ModelSource source, Workload workload) {
        if (source instanceof HuggingFaceModel && !source.generatesText()) {
            throw new UserError(source.name() + " has no causal head and generates no text; leave out the lengths"
                    + " (--input-length, --output-length), or name a model that has one, such as llama-3-8b");
        }
        Workload one = Workload.ofBatch(1)
                .withDimensions(workload.dimensions())
                .withChoices(workload.choices());
        Workload plain = one.withSequenceLength(TOKENS);
        Graph graph = graph(source, List.of(
                plain.withHead(TaskHead.CAUSAL_LM),
                plain.withTargetLength(TARGET_TOKENS),
                plain,
                one.withTargetLength(TARGET_TOKENS)));
        TransformerShape shape = TransformerShape.of(graph);
        return shape.hasEncoder() ? shape : withWindows(shape, windows(source));
    }

    /** The first of these workloads that the model can run. */
    private static Graph graph(ModelSource source, List<Workload> workloads) {
        for (Workload each : workloads.subList(0, workloads.size() - 1)) {
            try {
                return source.graph(each);
            } catch (UserError _) {
                // Another kind of model, or a file whose dimensions are fixed.
            }
        }
        return source.graph(workloads.getLast());
    }

    /** For each layer how many tokens it keeps when it has seen very many, the newest included; none where unknown. */
    private static List<Long> windows(ModelSource source) {
        try {
            Graph graph = source.graph(
                    Workload.ofBatch(1).withSequenceLength(1).withCachedTokens(LONG_CACHE));
            List<Long> ofKeysAndValues = graph.state().stream()
                    .map(state -> state.shape().dimension(-2))
                    .map(kept -> kept < LONG_CACHE ? kept + 1 : Long.MAX_VALUE)
                    .toList();
            return IntStream.range(0, ofKeysAndValues.size() / 2)
                    .mapToObj(layer -> ofKeysAndValues.get(2 * layer))
                    .toList();
        } catch (UserError _) {
            // Its positions end before any window does.
            return List.of();
        }
    }

    private static TransformerShape withWindows(TransformerShape shape, List<Long> windows) {
        if (windows.size() != shape.layers()) {
            return shape;
        }
        List<BlockShape> blocks = shape.decoder().stream()
                .flatMap(each -> Collections.nCopies(each.count(), each.block()).stream())
                .toList();
        List<BlockShape> windowed = IntStream.range(0, blocks.size())
                .mapToObj(layer -> withWindow(blocks.get(layer), windows.get(layer)))
                .toList();
        return shape.withDecoder(windowed);
    }

    private static BlockShape withWindow(BlockShape block, long window) {
        List<AttentionShape> attentions =
                block.attentions().stream().map(each -> each.withWindow(window)).toList();
        return new BlockShape(attentions, block.feedForward());
    }
}
