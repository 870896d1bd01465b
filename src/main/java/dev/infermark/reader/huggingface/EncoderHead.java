package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.List;

/**
 * What follows an encoder's last layer.
 *
 * @param words the word embedding, which the language model head shares
 */
record EncoderHead(Blocks blocks, EncoderFamily family, EncoderSizes sizes, Tensor words) {

    /** The outputs of the network for the last hidden state [batch, tokens, hidden]. */
    Tensor[] outputs(Tensor x, TaskHead head) {
        return switch (head) {
            case RAW -> family.hasPooler() ? new Tensor[] {x, pooled(x)} : new Tensor[] {x};
            case SEQUENCE_CLASSIFICATION -> new Tensor[] {classified(x)};
            case TOKEN_CLASSIFICATION -> {
                blocks.layer("classifier", "");
                yield new Tensor[] {blocks.linear(x, "classifier", sizes.labels())};
            }
            case QUESTION_ANSWERING -> answer(x);
            case REPLACED_TOKEN_DETECTION -> new Tensor[] {replaced(x)};
            case MASKED_LM -> new Tensor[] {words(x)};
            case CAUSAL_LM, NEXT_TOKEN, IMAGE_CLASSIFICATION, SEMANTIC_SEGMENTATION, OBJECT_DETECTION, CTC ->
                throw new IllegalArgumentException("no encoder's head: " + head);
        };
    }

    private Tensor pooled(Tensor x) {
        blocks.layer("pooler");
        Tensor dense = blocks.linear(blocks.firstToken(x), "dense", sizes.hidden());
        return blocks.activation(dense, "activation", Function.TANH);
    }

    private Tensor classified(Tensor x) {
        return switch (family) {
            case BERT, ALBERT, LAYOUTLM -> {
                Tensor pooled = pooled(x);
                blocks.layer("classifier", "");
                yield blocks.linear(pooled, "classifier", sizes.labels());
            }
            case ROBERTA, MPNET -> twoLayers(x, "classifier.dense", Function.TANH, "classifier.out_proj");
            case ELECTRA -> twoLayers(x, "classifier.dense", Function.GELU, "classifier.out_proj");
            case DISTILBERT -> twoLayers(x, "pre_classifier", Function.RELU, "classifier");
        };
    }

    private Tensor twoLayers(Tensor x, String first, Function function, String second) {
        blocks.layer("classifier", "");
        Tensor dense = blocks.linear(blocks.firstToken(x), first, sizes.hidden());
        return blocks.linear(blocks.activation(dense, "activation", function), second, sizes.labels());
    }

    private Tensor[] answer(Tensor x) {
        blocks.layer("qa_outputs", "");
        Tensor logits = blocks.linear(x, "qa_outputs", 2);
        List<Tensor> columns = blocks.split(logits, "split", 2);
        return new Tensor[] {squeezed(columns.get(0), "start_logits"), squeezed(columns.get(1), "end_logits")};
    }

    private Tensor replaced(Tensor x) {
        blocks.layer("discriminator_predictions");
        Tensor dense = blocks.linear(x, "dense", sizes.hidden());
        Tensor active = blocks.activation(dense, "activation", sizes.activation());
        return squeezed(blocks.linear(active, "dense_prediction", 1), "logits");
    }

    private Tensor squeezed(Tensor x, String name) {
        return blocks.reshape(x, name, x.shape().dimension(0), x.shape().dimension(1));
    }

    private Tensor words(Tensor x) {
        blocks.layer("lm_head");
        Tensor dense = blocks.linear(x, "dense", sizes.embedding());
        Tensor normal = blocks.layerNorm(blocks.activation(dense, "activation", sizes.activation()), "layer_norm");
        Tensor product = switch (sizes.output()) {
            case TIED -> blocks.tied(normal, "decoder", words);
            case OWN -> blocks.linear(normal, "decoder", sizes.vocabulary(), Bias.NO);
        };
        return blocks.add("decoder.bias", product, blocks.parameter("decoder.bias", sizes.vocabulary()));
    }
}
