package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Convolution;
import dev.infermark.graph.Expand;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.reader.Workload;
import dev.infermark.reader.huggingface.Blocks.Bias;
import java.util.ArrayList;
import java.util.List;

/**
 * An image cut into patches, each of which a convolution turns into a token.
 *
 * @param image pixels per side
 * @param patch pixels per side of a patch
 * @param channels colours
 * @param hidden width of a token
 */
record Patches(long image, long patch, long channels, long hidden) {

    /** Reads the sizes and refuses patches larger than the image. */
    static Patches read(Config config, Patches defaults) {
        Patches patches = new Patches(
                config.size("image_size", defaults.image),
                config.size("patch_size", defaults.patch),
                config.size("num_channels", defaults.channels),
                config.size("hidden_size", defaults.hidden));
        if (patches.patch > patches.image) {
            throw new UserError(config.origin() + ": patch_size " + patches.patch + " exceeds image_size "
                    + patches.image + "; correct one of them");
        }
        return patches;
    }

    /** The same patches of images of another size. */
    Patches at(long pixels) {
        return new Patches(pixels, patch, channels, hidden);
    }

    /** The image input [batch, channels, image, image]. */
    Tensor pixels(Blocks blocks, String model, Workload workload) {
        long wanted = workload.imageSize().orElse(image);
        if (wanted != image) {
            throw new UserError(model + " has position embeddings for images of " + image + " pixels, not " + wanted
                    + "; leave out the image size or give " + image);
        }
        return blocks.graph().input("pixel_values", blocks.typeOf(Shape.of(workload.batch(), channels, image, image)));
    }

    /** {@link #sequence} with learned positions added. */
    Tensor tokens(Blocks blocks, Tensor pixels, String convolution, Bias bias, List<String> special) {
        Tensor all = sequence(blocks, pixels, convolution, bias, special);
        Tensor positions = blocks.parameter("position_embeddings", 1, all.shape().dimension(1), hidden);
        return blocks.add("add_positions", all, positions);
    }

    /**
     * Special tokens followed by the patches.
     *
     * @param convolution name of the convolution
     * @param bias whether it has a bias
     * @param special names of learned tokens that every image gets
     * @return [batch, special + patches, hidden]
     */
    Tensor sequence(Blocks blocks, Tensor pixels, String convolution, Bias bias, List<String> special) {
        long batch = pixels.shape().dimension(0);
        List<Tensor> operands = new ArrayList<>(
                List.of(pixels, blocks.parameter(convolution + ".weight", hidden, channels, patch, patch)));
        if (bias == Bias.YES) {
            operands.add(blocks.parameter(convolution + ".bias", hidden));
        }
        Tensor map = blocks.graph()
                .add(
                        convolution,
                        new Convolution(Spatial.square(patch, patch, 0), 1),
                        operands.toArray(Tensor[]::new));
        long side = image / patch;
        Tensor flat = blocks.reshape(map, convolution + ".flatten", batch, hidden, side * side);
        List<Tensor> sequence = new ArrayList<>();
        for (String token : special) {
            Tensor learned = blocks.parameter(token, 1, 1, hidden);
            sequence.add(blocks.graph().add(token, new Expand(Shape.of(batch, 1, hidden)), learned));
        }
        sequence.add(blocks.transpose(flat, convolution + ".transpose", 0, 2, 1));
        return blocks.graph().add("concat", new Concat(1), sequence.toArray(Tensor[]::new));
    }
}
