package dev.infermark.lower.shard;

import dev.infermark.lower.shard.AttentionShape.Kind;
import java.util.List;

/**
 * One core's part of a transformer: heads of the queries are padded to a multiple of the degree, columns and rows of
 * the other weights and words of the head are divided, rounding up.
 *
 * @param shape the whole network
 * @param sharing how the group shares it
 * @param keyValueHeads how heads of keys and values are shared
 */
public record Shard(TransformerShape shape, GroupSharing sharing, KeyValueHeads keyValueHeads) {

    /** One core's part where all cores share each matrix. */
    public Shard(TransformerShape shape, int degree, KeyValueHeads keyValueHeads) {
        this(shape, GroupSharing.of(degree), keyValueHeads);
    }

    /** Cores of the group. */
    public int degree() {
        return sharing.degree();
    }

    /** Query heads of a core, those added as padding among them. */
    public long queryHeads(AttentionShape attention) {
        return Math.ceilDiv(attention.heads(), degree());
    }

    /** Heads of keys and values of a core. */
    public long keyValueHeads(AttentionShape attention) {
        return keyValueHeads.perCore(attention, degree());
    }

    /** Weights of one layer on a core that every token goes through; keys of an encoder's result are not projected. */
    public long denseParameters(BlockShape block) {
        long sum = parameters(block.dense());
        for (AttentionShape each : block.attentions()) {
            long projections = each.kind() == Kind.CROSS ? 0 : 2 * keyValueHeads(each);
            sum += each.hidden() * each.width() * (2 * queryHeads(each) + projections);
        }
        return sum;
    }

    /** Weights of one layer that a core stores. */
    public long storedParameters(BlockShape block) {
        return denseParameters(block)
                + expertParameters(block)
                + block.attentions().stream()
                        .filter(each -> each.kind() == Kind.CROSS)
                        .mapToLong(each -> 2 * each.hidden() * each.width() * keyValueHeads(each))
                        .sum();
    }

    /** Weights of all experts of one layer on a core. */
    public long expertParameters(BlockShape block) {
        return block.experts().stream()
                .mapToLong(each -> Math.multiplyExact(
                        Math.ceilDiv(each.experts(), sharing.expertGroups()), expertParameters(each)))
                .sum();
    }

    /** Weights of one expert's matrix on a core that has a part of it. */
    public long expertParameters(WeightShape matrix) {
        int cores = sharing.coresPerExpert();
        return Math.multiplyExact(matrix.rowsOf(cores), matrix.columnsOf(cores));
    }

    /** Weights of the head of the vocabulary on a core. */
    public long headParameters() {
        return Math.multiplyExact(shape.hidden(), Math.ceilDiv(shape.vocabulary(), degree()));
    }

    /** Weights that a core stores in matrices, the head's among them. */
    public long storedParameters() {
        long encoder = shape.encoder().stream()
                .mapToLong(each -> each.count() * storedParameters(each.block()))
                .sum();
        return headParameters()
                + encoder
                + shape.decoder().stream()
                        .mapToLong(each -> each.count() * storedParameters(each.block()))
                        .sum();
    }

    /** Elements of keys and values of one sequence of so many tokens on a core, in all layers. */
    public long cacheElements(long tokens) {
        return shape.decoder().stream()
                .mapToLong(each -> each.count() * cacheElements(each.block(), tokens))
                .sum();
    }

    private long cacheElements(BlockShape block, long tokens) {
        return block.attentions().stream()
                .filter(each -> each.kind() == Kind.SELF)
                .mapToLong(each -> 2 * keyValueHeads(each) * each.width() * Math.min(tokens, each.window()))
                .sum();
    }

    private long parameters(List<WeightShape> matrices) {
        return matrices.stream().mapToLong(each -> each.parametersOf(degree())).sum();
    }
}
