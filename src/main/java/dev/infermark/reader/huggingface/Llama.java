package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.huggingface.Attention.Scale;
import dev.infermark.reader.huggingface.Blocks.Bias;

/**
 * Llama and the decoders built as it is: rotary positions, grouped keys and values, RMS norms, gated feed-forward.
 *
 * @param hidden width of the layers
 * @param heads heads of the queries
 * @param sharedHeads heads of the keys and values
 * @param width elements per head
 * @param projections whether queries, keys and values have biases
 * @param output whether the projection after attention has one
 * @param feedForward each layer's other part
 * @param headNorm whether queries and keys are normalised head by head
 * @param norms where a layer normalises
 * @param words whether word vectors are scaled
 * @param scoreCap what limits the scores of attention
 * @param wordCap what limits the scores of words
 */
record Llama(
        long hidden,
        long heads,
        long sharedHeads,
        long width,
        Bias projections,
        Bias output,
        FeedForward.Choice feedForward,
        HeadNorm headNorm,
        Norms norms,
        Words words,
        SoftCap scoreCap,
        SoftCap wordCap)
        implements DecoderStyle {

    /** Whether queries and keys are normalised head by head. */
    enum HeadNorm {
        NONE,
        RMS
    }

    /** Where a layer normalises. */
    enum Norms {
        /** Before attention and before the feed-forward part. */
        BEFORE,
        /** Before and after both, as Gemma 2 and 3 do. */
        AROUND
    }

    /** Whether word vectors are scaled before the first layer. */
    enum Words {
        PLAIN,
        SCALED
    }

    /** What limits scores. */
    enum SoftCap {
        NONE,
        /** cap · tanh(x / cap). */
        TANH
    }

    Llama with(HeadNorm other) {
        return new Llama(
                hidden, heads, sharedHeads, width, projections, output, feedForward, other, norms, words, scoreCap,
                wordCap);
    }

    Llama with(Norms other) {
        return new Llama(
                hidden, heads, sharedHeads, width, projections, output, feedForward, headNorm, other, words, scoreCap,
                wordCap);
    }

    Llama with(Words other) {
        return new Llama(
                hidden, heads, sharedHeads, width, projections, output, feedForward, headNorm, norms, other, scoreCap,
                wordCap);
    }

    Llama with(SoftCap ofScores, SoftCap ofWords) {
        return new Llama(
                hidden, heads, sharedHeads, width, projections, output, feedForward, headNorm, norms, words, ofScores,
                ofWords);
    }

    @Override
    public String stem() {
        return "model";
    }

    @Override
    public String layerName(int index) {
        return "model.layers." + index;
    }

    @Override
    public String wordTable() {
        return "embed_tokens";
    }

    @Override
    public Tensor enter(Blocks blocks, Tensor vectors) {
        return words == Words.PLAIN
                ? vectors
                : blocks.multiply("embed_scale", vectors, blocks.constant("embed_scale", 1));
    }

    @Override
    public Tensor mask(Blocks blocks, Tensor attentionMask, long tokens) {
        return blocks.causalMask(attentionMask, tokens);
    }

    @Override
    public Tensor layer(Blocks blocks, int index, Tensor x, Tensor mask, KeyValueCache cache) {
        Attention heart = new Attention(blocks, heads, sharedHeads, width);
        Tensor in = blocks.rmsNorm(x, "input_layernorm");
        Rotary rotary = new Rotary(blocks, width);
        Tensor q = rotary.apply(normed(blocks, projected(blocks, heart, in, "q", heads), "q"), "rotary.query");
        Tensor k = rotary.apply(normed(blocks, projected(blocks, heart, in, "k", sharedHeads), "k"), "rotary.key");
        Tensor v = projected(blocks, heart, in, "v", sharedHeads);
        Tensor context = heart.attend(
                q,
                cache.keys(index, k),
                cache.values(index, v),
                Scale.SCORES,
                scores -> blocks.add("attention.mask", capped(blocks, scores, "attention", scoreCap), mask));
        Tensor attended = blocks.linear(context, "self_attn.o_proj", hidden, output);
        if (norms == Norms.BEFORE) {
            Tensor y = blocks.add("self_attn.residual", x, attended);
            Tensor normal = blocks.rmsNorm(y, "post_attention_layernorm");
            return blocks.add("mlp.residual", y, feedForward.of(index).apply(blocks, normal));
        }
        Tensor y = blocks.add("self_attn.residual", x, blocks.rmsNorm(attended, "post_attention_layernorm"));
        Tensor normal = blocks.rmsNorm(y, "pre_feedforward_layernorm");
        Tensor result = feedForward.of(index).apply(blocks, normal);
        return blocks.add("mlp.residual", y, blocks.rmsNorm(result, "post_feedforward_layernorm"));
    }

    @Override
    public Tensor leave(Blocks blocks, Tensor x) {
        return blocks.rmsNorm(x, "norm");
    }

    @Override
    public Tensor scored(Blocks blocks, Tensor scores) {
        return capped(blocks, scores, "lm_head", wordCap);
    }

    private Tensor projected(Blocks blocks, Attention heart, Tensor x, String part, long count) {
        String name = "self_attn." + part + "_proj";
        return heart.split(blocks.linear(x, name, count * width, projections), name, count);
    }

    private Tensor normed(Blocks blocks, Tensor x, String part) {
        return headNorm == HeadNorm.NONE ? x : blocks.rmsNorm(x, "self_attn." + part + "_norm");
    }

    private static Tensor capped(Blocks blocks, Tensor scores, String name, SoftCap cap) {
        if (cap == SoftCap.NONE) {
            return scores;
        }
        Tensor small = blocks.multiply(name + ".cap.in", scores, blocks.constant(name + ".cap.in", 1));
        Tensor limited = blocks.activation(small, name + ".cap", Function.TANH);
        return blocks.multiply(name + ".cap.out", limited, blocks.constant(name + ".cap.out", 1));
    }
}
