package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Gather;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TopK;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.List;

/**
 * A mixture of experts. All are stored; those that some token of the inference needs are read, as many as are expected
 * when every choice is equally likely, n · (1 − (1 − k/n)^tokens), and the tokens are shared evenly among them.
 *
 * @param count experts, n
 * @param perToken experts that each token goes through, k
 * @param inner width inside an expert
 * @param activation function of the gate
 */
record Experts(long count, long perToken, long inner, Function activation) {

    /** Experts that at least one of this many tokens needs. */
    long active(long tokens) {
        double missed = Math.pow(1 - (double) perToken / count, (double) tokens);
        return Math.clamp((long) Math.ceil(count * (1 - missed) - 1e-9), 1, count);
    }

    /** From x [batch, tokens, hidden] to the same shape. */
    Tensor apply(Blocks blocks, Tensor x, String path) {
        long hidden = x.shape().dimension(-1);
        long tokens = x.shape().elements() / hidden;
        long active = active(tokens);
        long rows = Math.ceilDiv(tokens * perToken, active);
        Tensor scores = blocks.graph()
                .add(path + ".router", new Softmax(-1), blocks.linear(x, path + ".gate", count, Bias.NO));
        List<Tensor> chosen = blocks.graph().addAll(path + ".choice", new TopK(-1, perToken), List.of(scores));
        Tensor ids = blocks.reshape(chosen.get(1), path + ".choice.flat", tokens * perToken);
        Tensor needed = blocks.graph().add(path + ".needed", Slice.of(0, 0, active), ids);
        Tensor flat = blocks.reshape(x, path + ".tokens", tokens, hidden);
        Tensor sent = blocks.lookUp(blocks.constantIds(path + ".sent", active, rows), path + ".dispatch", flat);
        Tensor gate = product(blocks, sent, path + ".experts.gate_proj", needed, inner);
        Tensor up = product(blocks, sent, path + ".experts.up_proj", needed, inner);
        Tensor gated = blocks.multiply(
                path + ".experts.gated", blocks.activation(gate, path + ".experts.act_fn", activation), up);
        Tensor results = product(blocks, gated, path + ".experts.down_proj", needed, hidden);
        Tensor back = blocks.lookUp(
                blocks.constantIds(path + ".returned", tokens, perToken),
                path + ".combine",
                blocks.reshape(results, path + ".results", active * rows, hidden));
        Tensor weights = blocks.reshape(chosen.get(0), path + ".weights", tokens, perToken, 1);
        Tensor weighted = blocks.multiply(path + ".weighted", back, weights);
        Tensor sum = blocks.graph()
                .add(path + ".sum", new Reduce(Reduce.Kind.SUM, List.of(1), Reduce.Axes.DROPPED), weighted);
        return blocks.graph().add(path + ".shape", reshaped(x), sum);
    }

    private static dev.infermark.graph.Reshape reshaped(Tensor x) {
        return new dev.infermark.graph.Reshape(x.shape());
    }

    /** x [experts, rows, in] times the needed ones of all experts' weights [count, in, out]. */
    private Tensor product(Blocks blocks, Tensor x, String name, Tensor needed, long out) {
        Tensor all = blocks.parameter(name + ".weight", count, x.shape().dimension(-1), out);
        Tensor read = blocks.graph().add(name + ".read", new Gather(0), all, needed);
        return blocks.graph().add(name, new MatMul(), x, read);
    }
}
