package dev.infermark.reader;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What a model computes after its last layer; the sizes of the outputs follow from it. */
public enum TaskHead {
    /** The last hidden state, and the pooled one where the model has a pooler. */
    RAW,
    /** One vector of class scores per sequence. */
    SEQUENCE_CLASSIFICATION,
    /** One vector of class scores per token. */
    TOKEN_CLASSIFICATION,
    /** Scores of each token to begin or end the answer. */
    QUESTION_ANSWERING,
    /** One score per token: whether it was replaced (ELECTRA's discriminator). */
    REPLACED_TOKEN_DETECTION,
    /** Scores over the vocabulary for every token of an encoder. */
    MASKED_LM,
    /** Scores over the vocabulary for every token of a decoder. */
    CAUSAL_LM,
    /** Scores over the vocabulary for the last token of each sequence alone, which is all that generation needs. */
    NEXT_TOKEN,
    /** One vector of class scores per image. */
    IMAGE_CLASSIFICATION,
    /** Scores of each class for each point of an image. */
    SEMANTIC_SEGMENTATION,
    /** Classes and boxes of the objects in an image. */
    OBJECT_DETECTION,
    /** Scores over the letters for every frame of audio. */
    CTC;

    /** The head of a class of Hugging Face transformers, such as {@code BertForMaskedLM}; empty when unknown. */
    public static Optional<TaskHead> ofArchitecture(String className) {
        if (Stream.of("EncoderModel", "HeadsModel").anyMatch(className::endsWith)) {
            return Optional.empty();
        }
        return Arrays.stream(values())
                .filter(head -> head.classNameEndings().anyMatch(className::endsWith))
                // GPT2LMHeadModel also ends as a raw model does, which is the first of the values.
                .reduce((_, last) -> last);
    }

    /** The name as users write it, such as {@code masked-lm}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The label, so that the command line shows and takes it. */
    @Override
    public String toString() {
        return label();
    }

    private Stream<String> classNameEndings() {
        return switch (this) {
            case RAW -> Stream.of("Model");
            case SEQUENCE_CLASSIFICATION -> Stream.of("ForSequenceClassification");
            case TOKEN_CLASSIFICATION -> Stream.of("ForTokenClassification");
            case QUESTION_ANSWERING -> Stream.of("ForQuestionAnswering");
            case REPLACED_TOKEN_DETECTION -> Stream.of("ForPreTraining");
            case MASKED_LM -> Stream.of("ForMaskedLM");
            case CAUSAL_LM -> Stream.of("ForCausalLM", "LMHeadModel", "ForConditionalGeneration", "MTModel");
            case NEXT_TOKEN -> Stream.empty();
            case IMAGE_CLASSIFICATION -> Stream.of("ForImageClassification");
            case SEMANTIC_SEGMENTATION -> Stream.of("ForSemanticSegmentation");
            case OBJECT_DETECTION -> Stream.of("ForObjectDetection");
            case CTC -> Stream.of("ForCTC");
        };
    }
}
