package dev.infermark.lower.shard;

import dev.infermark.lower.shard.WeightShape.Split;
import java.util.List;

/**
 * One layer of a transformer: attention, then a feed-forward part.
 *
 * @param attentions self-attention, and cross-attention in the decoder of an encoder-decoder
 * @param feedForward the other matrices of weights in their order
 */
public record BlockShape(List<AttentionShape> attentions, List<WeightShape> feedForward) {

    /** Copies the lists; a block has an attention. */
    public BlockShape {
        attentions = List.copyOf(attentions);
        feedForward = List.copyOf(feedForward);
        if (attentions.isEmpty()) {
            throw new IllegalArgumentException("a block without attention");
        }
    }

    /** Width of the hidden state, in elements. */
    public long hidden() {
        return attentions.getFirst().hidden();
    }

    /** Results of this block that a group of cores must sum: one for each attention, and those of split rows. */
    public int reductions() {
        boolean hasRows = feedForward.stream().anyMatch(each -> each.split() == Split.ROWS);
        return attentions.size() + (hasRows ? 1 : 0);
    }

    /** The matrices that every token goes through. */
    public List<WeightShape> dense() {
        return feedForward.stream().filter(each -> !each.isExpert()).toList();
    }

    /** The matrices of experts. */
    public List<WeightShape> experts() {
        return feedForward.stream().filter(WeightShape::isExpert).toList();
    }

    /** Columns between the two matrices that every token goes through, each computed by one function. */
    public long innerColumns() {
        return widest(dense());
    }

    /** Columns between the two matrices of one expert. */
    public long expertColumns() {
        return widest(experts());
    }

    private static long widest(List<WeightShape> matrices) {
        return matrices.stream()
                .filter(each -> each.split() == Split.COLUMNS)
                .mapToLong(WeightShape::columns)
                .max()
                .orElse(0);
    }
}
