package dev.infermark.cli;

import dev.infermark.numerics.DataType;
import dev.infermark.reader.GraphChoices;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What is asked of one inference; the same for every command that takes a model. */
final class WorkloadOptions {
    @Option(
            names = "--batch",
            defaultValue = "1",
            paramLabel = "N",
            description = "Sequences or images per call (default: ${DEFAULT-VALUE}).")
    private long batch;

    @Option(
            names = "--sequence-length",
            paramLabel = "N",
            description = "Tokens per sequence (default: 128, or all positions of a model that has fewer).")
    private @Nullable Long sequenceLength;

    @Option(
            names = "--target-length",
            paramLabel = "N",
            description = "Tokens on the decoder's side of an encoder-decoder (default: 1).")
    private @Nullable Long targetLength;

    @Option(
            names = "--cached-tokens",
            defaultValue = "0",
            paramLabel = "N",
            description = "Tokens whose keys and values a decoder already holds (default: ${DEFAULT-VALUE}).")
    private long cachedTokens;

    @Option(
            names = "--image-size",
            paramLabel = "N",
            description = "Height and width of an image in pixels (default: the model's, or 224).")
    private @Nullable Long imageSize;

    @Option(names = "--seconds", paramLabel = "S", description = "Length of the audio (default: the model's, or 10).")
    private @Nullable Double seconds;

    @Option(
            names = "--prompts",
            paramLabel = "N",
            description = "Texts that CLIP compares the images with (default: 1).")
    private @Nullable Long prompts;

    @Option(
            names = "--head",
            paramLabel = "HEAD",
            description = "What is computed last: ${COMPLETION-CANDIDATES} (default: as the model was saved).")
    private @Nullable TaskHead head;

    @Option(
            names = "--data-type",
            paramLabel = "TYPE",
            description = "Type of the checkpoint: fp32, bf16, fp16 (default: the config's, or fp32).")
    private @Nullable DataType type;

    @Option(names = "--dim", paramLabel = "NAME=N", description = "Size of a symbolic dimension of a model file.")
    private Map<String, Long> dimensions = Map.of();

    @Option(
            names = "--weights",
            paramLabel = "REGEX",
            description = "Weights of an HLO file are the parameters in whose name it is found (default: by use).")
    private @Nullable String weights;

    @Option(
            names = "--signature",
            paramLabel = "NAME",
            description = "What of a saved model is called (default: serving_default, or else the only one).")
    private @Nullable String signature;

    @Option(
            names = "--input",
            paramLabel = "TENSOR",
            description = "Cut a graph file at this tensor, which the caller gives; may be repeated.")
    private List<String> inputs = List.of();

    @Option(
            names = "--output",
            paramLabel = "TENSOR",
            description = "Cut a graph file at this tensor, which the caller gets; may be repeated.")
    private List<String> outputs = List.of();

    /** Sequences or images of a call. */
    long batch() {
        return batch;
    }

    /** The workload, which takes the type of a model that names one. */
    Workload workload(ModelSource source) {
        return new Workload(
                batch,
                optional(sequenceLength),
                optional(targetLength),
                cachedTokens,
                optional(imageSize),
                seconds == null ? OptionalDouble.empty() : OptionalDouble.of(seconds),
                optional(prompts),
                Optional.ofNullable(head),
                type == null ? source.type() : type,
                dimensions,
                choices());
    }

    private GraphChoices choices() {
        GraphChoices chosen = weights == null ? GraphChoices.NONE : GraphChoices.ofWeights(weights);
        chosen = chosen.cut(inputs, outputs);
        return signature == null ? chosen : chosen.withSignature(signature);
    }

    private static OptionalLong optional(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }
}
