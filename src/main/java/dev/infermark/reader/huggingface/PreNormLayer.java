package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.function.UnaryOperator;

/**
 * A layer that normalises before attention and before the feed-forward part, as vision transformers and CLIP have it.
 *
 * @param names its modules
 * @param heads attention heads
 * @param intermediate width inside the feed-forward part
 * @param scale when scores are scaled
 * @param projections whether queries, keys and values have biases
 * @param activation function inside the feed-forward part
 * @param keys whether keys have biases
 * @param residuals whether what is added is scaled first
 */
record PreNormLayer(
        LayerNames names,
        long heads,
        long intermediate,
        Scale scale,
        Bias projections,
        Function activation,
        Bias keys,
        LayerScale residuals) {

    /** A layer whose keys are like its queries, without scales. */
    PreNormLayer(
            LayerNames names, long heads, long intermediate, Scale scale, Bias projections, Function activation) {
        this(names, heads, intermediate, scale, projections, activation, projections, LayerScale.NONE);
    }

    /** The layer on x [batch, tokens, hidden]. */
    Tensor apply(Blocks blocks, Tensor x, UnaryOperator<Tensor> masking) {
        return apply(blocks, x, masking, UnaryOperator.identity());
    }

    /** The layer on x [batch, tokens, hidden], its queries and keys changed by where they are. */
    Tensor apply(Blocks blocks, Tensor x, UnaryOperator<Tensor> masking, UnaryOperator<Tensor> placing) {
        long hidden = x.shape().dimension(-1);
        Attention attention = new Attention(blocks, heads, hidden / heads);
        Tensor normal = blocks.layerNorm(x, names.attentionNorm());
        Tensor q = attention.split(blocks.linear(normal, names.query(), hidden, projections), names.query(), heads);
        Tensor k = attention.split(blocks.linear(normal, names.key(), hidden, keys), names.key(), heads);
        Tensor v = attention.split(blocks.linear(normal, names.value(), hidden, projections), names.value(), heads);
        Tensor context = attention.attend(placing.apply(q), placing.apply(k), v, scale, masking);
        Tensor attended = blocks.linear(context, names.attentionOutput(), hidden);
        Tensor y = blocks.add("attention.residual", residuals.apply(blocks, attended, "scale_1", "lambda_1"), x);
        Tensor wide = blocks.linear(blocks.layerNorm(y, names.outputNorm()), names.intermediate(), intermediate);
        Tensor active = blocks.activation(wide, names.intermediate() + ".activation", activation);
        Tensor narrow = blocks.linear(active, names.output(), hidden);
        return blocks.add("output.residual", residuals.apply(blocks, narrow, "scale_2", "lambda_2"), y);
    }
}
