package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.huggingface.Blocks.Bias;

/** The part of a decoder's layer that works on each token by itself. */
sealed interface FeedForward {

    /** From x [batch, tokens, hidden] to the same shape. */
    Tensor apply(Blocks blocks, Tensor x);

    /** The layers' parts, where not all are the same. */
    interface Choice {
        /** The part of one layer. */
        FeedForward of(int layer);
    }

    /**
     * Two products, of which the activated one gates the other, and one back.
     *
     * @param path the module's name
     * @param inner width inside
     */
    record Gated(String path, long inner, Bias bias, Function activation) implements FeedForward {

        @Override
        public Tensor apply(Blocks blocks, Tensor x) {
            Tensor gate = blocks.linear(x, path + ".gate_proj", inner, bias);
            Tensor up = blocks.linear(x, path + ".up_proj", inner, bias);
            Tensor gated =
                    blocks.multiply(path + ".gated", blocks.activation(gate, path + ".act_fn", activation), up);
            return blocks.linear(gated, path + ".down_proj", x.shape().dimension(-1), bias);
        }
    }

    /**
     * Experts of which a router chooses a few for each token, and one that all tokens may have besides.
     *
     * @param path the module's name
     * @param routed the experts that the router chooses among
     * @param sharedInner width inside the shared expert, 0 where there is none
     */
    record Mixture(String path, Experts routed, long sharedInner) implements FeedForward {

        @Override
        public Tensor apply(Blocks blocks, Tensor x) {
            Tensor chosen = routed.apply(blocks, x, path);
            if (sharedInner == 0) {
                return chosen;
            }
            Tensor all = new Gated(path + ".shared_expert", sharedInner, Bias.NO, routed.activation())
                    .apply(blocks, x);
            Tensor weight = blocks.activation(
                    blocks.linear(x, path + ".shared_expert_gate", 1, Bias.NO),
                    path + ".shared_expert_gate.sigmoid",
                    Function.SIGMOID);
            return blocks.add(path + ".sum", chosen, blocks.multiply(path + ".shared", all, weight));
        }
    }
}
