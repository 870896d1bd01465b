package dev.infermark.reader.huggingface;

import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;

/**
 * A decoder-only transformer: embeddings, layers of causal self-attention and feed-forward, a last norm, and a head.
 *
 * @param style what its layers look like
 * @param vocabulary rows of the word embedding
 * @param embedding width of the word embedding
 * @param layers number of layers
 * @param positions tokens a sequence may have, {@link Long#MAX_VALUE} where no table limits it
 * @param windows how many tokens a token of each layer sees
 * @param labels classes of a classifier
 * @param output where the scores of words come from
 * @param cache whether the forward pass returns keys and values
 */
record Decoder(
        DecoderStyle style,
        long vocabulary,
        long embedding,
        int layers,
        long positions,
        Windows windows,
        long labels,
        OutputTable output,
        Cache cache)
        implements Architecture {

    /** Where the scores of words come from. */
    enum OutputTable {
        /** The word embedding serves for both. */
        TIED,
        /** A table of its own. */
        OWN;

        static OutputTable of(Config config, boolean tiedByDefault) {
            return config.flag("tie_word_embeddings", tiedByDefault) ? TIED : OWN;
        }
    }

    /** Whether the forward pass returns the keys and values of each layer. */
    enum Cache {
        /** It does, which is the framework's default. */
        RETURNED,
        /** It does not. */
        DROPPED;

        static Cache of(Config config) {
            return config.flag("use_cache", true) ? RETURNED : DROPPED;
        }

        /** Never while text is generated: then keys and values stay on the device. */
        boolean isReturned(Workload workload, TaskHead head) {
            return this == RETURNED && workload.cachedTokens() == 0 && head != TaskHead.NEXT_TOKEN;
        }
    }

    @Override
    public Set<TaskHead> heads() {
        return Set.of(TaskHead.RAW, TaskHead.CAUSAL_LM, TaskHead.NEXT_TOKEN, TaskHead.SEQUENCE_CLASSIFICATION);
    }

    @Override
    public Modality modality() {
        return Modality.CACHED_TEXT;
    }

    @Override
    public Graph build(GraphBuilder graph, Workload workload, TaskHead head) {
        Blocks blocks = new Blocks(graph, workload.type());
        long tokens = workload.sequenceLength().orElseThrow();
        // A token that leaves the sliding window leaves the cache too.
        IntToLongFunction kept = layer ->
                Math.min(workload.cachedTokens(), Math.max(0, windows.of(layer) - tokens));
        long cached = IntStream.range(0, layers).mapToLong(kept).max().orElse(0);
        KeyValueCache keyValues = new KeyValueCache(blocks, kept);
        Tensor ids = blocks.tokens("input_ids", workload.batch(), tokens);
        Tensor attentionMask = blocks.tokens("attention_mask", workload.batch(), cached + tokens);
        blocks.layer("embeddings", style.stem());
        Tensor table = blocks.parameter(style.wordTable() + ".weight", vocabulary, embedding);
        Tensor x = style.enter(blocks, blocks.lookUp(ids, style.wordTable(), table));
        Map<Long, Tensor> masks = new HashMap<>();
        masks.put(cached, style.mask(blocks, attentionMask, tokens));
        boolean isPlain = workload.cachedTokens() == 0 && !cache.isReturned(workload, head);
        for (int i : isPlain ? graph.equalLayers(layers, style::layerName) : IntStream.range(0, layers).toArray()) {
            blocks.layer(style.layerName(i));
            Tensor mask = masks.computeIfAbsent(
                    kept.applyAsLong(i),
                    recent -> style.mask(blocks, last(blocks, attentionMask, recent + tokens), tokens));
            x = style.layer(blocks, i, x, mask, keyValues);
        }
        blocks.layer("final", style.stem());
        x = style.leave(blocks, x);
        List<Tensor> outputs = new ArrayList<>();
        outputs.add(result(blocks, x, table, head));
        if (cache.isReturned(workload, head)) {
            outputs.addAll(keyValues.fresh());
        }
        return graph.build(outputs.toArray(Tensor[]::new));
    }

    private Tensor result(Blocks blocks, Tensor x, Tensor table, TaskHead head) {
        blocks.layer("lm_head", "");
        return switch (head) {
            case RAW -> x;
            case CAUSAL_LM -> scores(blocks, x, table);
            case NEXT_TOKEN -> scores(blocks, blocks.lastToken(x), table);
            case SEQUENCE_CLASSIFICATION -> blocks.lastToken(blocks.linear(x, "score", labels, Bias.NO));
            case TOKEN_CLASSIFICATION,
                    QUESTION_ANSWERING,
                    REPLACED_TOKEN_DETECTION,
                    MASKED_LM,
                    IMAGE_CLASSIFICATION,
                    SEMANTIC_SEGMENTATION,
                    OBJECT_DETECTION,
                    CTC ->
                throw new IllegalArgumentException("no decoder's head: " + head);
        };
    }

    /** The mask of the last tokens alone, which is all that a window holds. */
    private static Tensor last(Blocks blocks, Tensor mask, long tokens) {
        long all = mask.shape().dimension(1);
        return blocks.graph().add("attention_mask.recent", Slice.of(1, all - tokens, tokens), mask);
    }

    private Tensor scores(Blocks blocks, Tensor x, Tensor table) {
        return style.scored(
                blocks,
                switch (output) {
                    case TIED -> blocks.tied(x, "lm_head", table);
                    case OWN -> blocks.linear(x, "lm_head", vocabulary, style.wordBias());
                });
    }
}
