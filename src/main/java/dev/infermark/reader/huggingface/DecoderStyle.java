package dev.infermark.reader.huggingface;

import dev.infermark.graph.Tensor;
import dev.infermark.reader.huggingface.Blocks.Bias;

/** What distinguishes one kind of decoder from another. */
sealed interface DecoderStyle permits Bloom, Gpt2, Llama, Opt, ParallelDecoder {

    /** The path of the embeddings, and of all other parameters outside the layers. */
    String stem();

    /** The path of a layer. */
    String layerName(int index);

    /** The module that looks up words. */
    String wordTable();

    /** From word vectors [batch, tokens, embedding] to the first layer's input [batch, tokens, hidden]. */
    Tensor enter(Blocks blocks, Tensor words);

    /** What all layers share: a mask [batch, 1, tokens, cached + tokens], or one that broadcasts to it. */
    Tensor mask(Blocks blocks, Tensor attentionMask, long tokens);

    /** One layer on x [batch, tokens, hidden]. */
    Tensor layer(Blocks blocks, int index, Tensor x, Tensor mask, KeyValueCache cache);

    /** From the last layer to the last hidden state, as wide as the embeddings. */
    Tensor leave(Blocks blocks, Tensor x);

    /** What becomes of the scores of words; nothing, as a rule. */
    default Tensor scored(Blocks blocks, Tensor scores) {
        return scores;
    }

    /** Whether the product that scores words has a bias, where it has a table of its own. */
    default Bias wordBias() {
        return Bias.NO;
    }
}
