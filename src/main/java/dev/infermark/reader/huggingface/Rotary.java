package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Tensor;
import java.util.List;

/**
 * Rotary positions: x · cos + (−second half, first half) · sin, both [1, 1, tokens, rotated].
 *
 * @param blocks where the nodes go
 * @param rotated elements of each head that are turned; the others stay
 */
record Rotary(Blocks blocks, long rotated) {

    /** Queries or keys [batch, heads, tokens, width] with the positions in them. */
    Tensor apply(Tensor x, String name) {
        long width = x.shape().dimension(3);
        if (rotated == width) {
            return turned(x, name);
        }
        List<Tensor> parts = blocks.graph()
                .addAll(name + ".parts", Slice.split(-1, List.of(rotated, width - rotated)), List.of(x));
        return blocks.graph().add(name + ".join", new Concat(-1), turned(parts.get(0), name), parts.get(1));
    }

    private Tensor turned(Tensor x, String name) {
        long tokens = x.shape().dimension(2);
        List<Tensor> halves = blocks.split(x, name + ".split", 2);
        Tensor negated = blocks.activation(halves.get(1), name + ".negate", Function.NEGATE);
        Tensor swapped = blocks.graph().add(name + ".swap", new Concat(-1), negated, halves.get(0));
        Tensor cosine = blocks.multiply(name + ".cos", x, blocks.shared("rotary.cos", 1, 1, tokens, rotated));
        Tensor sine = blocks.multiply(name + ".sin", swapped, blocks.shared("rotary.sin", 1, 1, tokens, rotated));
        return blocks.add(name, cosine, sine);
    }
}
