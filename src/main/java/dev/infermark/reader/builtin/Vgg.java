package dev.infermark.reader.builtin;

import dev.infermark.base.UserError;
import dev.infermark.graph.Pool;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import java.util.List;

/**
 * VGG (https://arxiv.org/abs/1409.1556) without batch normalisation, as torchvision lays it out.
 *
 * @param depths 3×3 convolutions per stage
 */
record Vgg(List<Integer> depths) implements ConvolutionalNetwork.Layers {
    private static final List<Long> WIDTHS = List.of(64L, 128L, 256L, 512L, 512L);
    private static final long POOLED = 7;
    private static final long HIDDEN = 4096;
    private static final long CLASSES = 1000;

    @Override
    public Tensor apply(ConvolutionBlocks blocks, Tensor image) {
        Tensor x = image;
        // torchvision numbers convolutions, activations and poolings in one sequence.
        int index = 0;
        for (int stage = 0; stage < depths.size(); stage++) {
            blocks.layer("features.stage" + (stage + 1), "features");
            for (int i = 0; i < depths.get(stage); i++) {
                x = blocks.biasedConvolution(x, String.valueOf(index), WIDTHS.get(stage), 3, 1);
                x = blocks.relu(x, String.valueOf(index + 1));
                index += 2;
            }
            x = blocks.maxPool(x, String.valueOf(index), 2, 2, 0);
            index++;
        }
        blocks.layer("classifier");
        x = blocks.flatten(pooled(blocks, x), "flatten");
        x = blocks.relu(blocks.linear(x, "0", HIDDEN), "1");
        x = blocks.relu(blocks.linear(x, "3", HIDDEN), "4");
        return blocks.linear(x, "6", CLASSES);
    }

    /** The adaptive average to 7×7, which does nothing to an image of 224 pixels. */
    private static Tensor pooled(ConvolutionBlocks blocks, Tensor x) {
        long side = x.shape().dimension(2);
        if (side == POOLED) {
            return x;
        }
        if (side % POOLED != 0) {
            throw new UserError("VGG's adaptive average of " + side + " to " + POOLED
                    + " pixels has windows of different sizes; use an image size that is a multiple of 224");
        }
        Spatial window = Spatial.square(side / POOLED, side / POOLED, 0);
        return blocks.graph().add("avgpool", new Pool(Pool.Kind.AVERAGE, window, Spatial.Rounding.DOWN), x);
    }
}
