package dev.infermark.reader;

import dev.infermark.base.UserError;
import dev.infermark.numerics.DataType;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * What a user asks of one inference; a model fills in what is left open.
 *
 * @param batch sequences or images per inference, 1 or more
 * @param sequenceLength tokens per sequence (on the encoder's side where there are two)
 * @param targetLength tokens per sequence on the decoder's side of an encoder-decoder
 * @param cachedTokens tokens whose keys and values a decoder already holds on the device; 0 computes the whole sequence
 * @param imageSize height and width of an image in pixels
 * @param seconds length of the audio
 * @param prompts texts that a model of text and images compares each batch of images with
 * @param head what is computed after the last layer
 * @param type element type of the checkpoint's weights and of the activations
 * @param dimensions sizes of symbolic dimensions of a model file, by name
 * @param choices what the user decides of a graph file that does not say it
 */
public record Workload(
        long batch,
        OptionalLong sequenceLength,
        OptionalLong targetLength,
        long cachedTokens,
        OptionalLong imageSize,
        OptionalDouble seconds,
        OptionalLong prompts,
        Optional<TaskHead> head,
        DataType type,
        Map<String, Long> dimensions,
        GraphChoices choices) {
    /** Larger settings are slips of the pen. */
    private static final long LIMIT = 1L << 24;

    private static final double MOST_SECONDS = 3600;

    /** Refuses sizes outside 1 to 2^24 and element types that no checkpoint has. */
    public Workload {
        check("batch", batch);
        sequenceLength.ifPresent(value -> check("sequence length", value));
        targetLength.ifPresent(value -> check("target length", value));
        if (cachedTokens != 0) {
            check("number of cached tokens", cachedTokens);
        }
        imageSize.ifPresent(value -> check("image size", value));
        prompts.ifPresent(value -> check("number of prompts", value));
        seconds.ifPresent(value -> {
            if (!(value > 0 && value <= MOST_SECONDS)) {
                throw new UserError("the audio has " + value + " seconds; give up to " + MOST_SECONDS);
            }
        });
        if (!type.isFloatingPoint()) {
            throw new UserError("element type " + type.label() + " of a checkpoint; use fp32, bf16 or fp16");
        }
        dimensions = Map.copyOf(dimensions);
        dimensions.forEach((name, value) -> check("dimension " + name, value));
    }

    /** A batch in FP32, everything else as the model has it. */
    public static Workload ofBatch(long batch) {
        return new Workload(
                batch, OptionalLong.empty(), OptionalLong.empty(), 0, OptionalLong.empty(), OptionalDouble.empty(),
                OptionalLong.empty(), Optional.empty(), DataType.FP32, Map.of(), GraphChoices.NONE);
    }

    /** This workload with another batch. */
    public Workload withBatch(long other) {
        return new Workload(
                other, sequenceLength, targetLength, cachedTokens, imageSize, seconds, prompts, head, type, dimensions,
                choices);
    }

    /** This workload with this many tokens per sequence. */
    public Workload withSequenceLength(long tokens) {
        return new Workload(
                batch, OptionalLong.of(tokens), targetLength, cachedTokens, imageSize, seconds, prompts, head, type,
                dimensions, choices);
    }

    /** This workload with this many tokens per sequence on the decoder's side of an encoder-decoder. */
    public Workload withTargetLength(long tokens) {
        return new Workload(
                batch, sequenceLength, OptionalLong.of(tokens), cachedTokens, imageSize, seconds, prompts, head, type,
                dimensions, choices);
    }

    /** This workload with the keys and values of this many earlier tokens at hand. */
    public Workload withCachedTokens(long tokens) {
        return new Workload(
                batch, sequenceLength, targetLength, tokens, imageSize, seconds, prompts, head, type, dimensions,
                choices);
    }

    /** This workload with square images of this many pixels per side. */
    public Workload withImageSize(long pixels) {
        return new Workload(
                batch, sequenceLength, targetLength, cachedTokens, OptionalLong.of(pixels), seconds, prompts, head,
                type, dimensions, choices);
    }

    /** This workload with audio of this many seconds. */
    public Workload withSeconds(double length) {
        return new Workload(
                batch, sequenceLength, targetLength, cachedTokens, imageSize, OptionalDouble.of(length), prompts, head,
                type, dimensions, choices);
    }

    /** This workload with this many texts. */
    public Workload withPrompts(long texts) {
        return new Workload(
                batch, sequenceLength, targetLength, cachedTokens, imageSize, seconds, OptionalLong.of(texts), head,
                type, dimensions, choices);
    }

    /** This workload with this head. */
    public Workload withHead(TaskHead other) {
        return new Workload(
                batch, sequenceLength, targetLength, cachedTokens, imageSize, seconds, prompts, Optional.of(other),
                type, dimensions, choices);
    }

    /** This workload with weights and activations of this type. */
    public Workload withType(DataType other) {
        return new Workload(
                batch, sequenceLength, targetLength, cachedTokens, imageSize, seconds, prompts, head, other, dimensions,
                choices);
    }

    /** This workload with these sizes of symbolic dimensions. */
    public Workload withDimensions(Map<String, Long> sizes) {
        return new Workload(
                batch, sequenceLength, targetLength, cachedTokens, imageSize, seconds, prompts, head, type, sizes,
                choices);
    }

    /** This workload with these choices about a graph file. */
    public Workload withChoices(GraphChoices others) {
        return new Workload(
                batch, sequenceLength, targetLength, cachedTokens, imageSize, seconds, prompts, head, type, dimensions,
                others);
    }

    private static void check(String what, long value) {
        if (value < 1 || value > LIMIT) {
            throw new UserError("the " + what + " is " + value + "; give a whole number from 1 to " + LIMIT);
        }
    }
}
