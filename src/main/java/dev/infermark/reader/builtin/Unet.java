package dev.infermark.reader.builtin;

import dev.infermark.graph.Concat;
import dev.infermark.graph.Pad;
import dev.infermark.graph.Tensor;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * U-Net (https://arxiv.org/abs/1505.04597) with padded convolutions, batch normalisation, transposed convolutions and two
 * classes, as trained on Carvana's images (https://github.com/milesial/Pytorch-UNet).
 */
record Unet() implements ConvolutionalNetwork.Layers {
    private static final long STEM = 64;
    private static final int LEVELS = 4;
    private static final long CLASSES = 2;

    @Override
    public Tensor apply(ConvolutionBlocks blocks, Tensor image) {
        Deque<Tensor> skipped = new ArrayDeque<>();
        blocks.layer("inc");
        Tensor x = twice(blocks, image, "double_conv", STEM);
        for (int level = 1; level <= LEVELS; level++) {
            skipped.push(x);
            blocks.layer("down" + level);
            x = twice(blocks, blocks.maxPool(x, "maxpool", 2, 2, 0), "maxpool_conv.1.double_conv", STEM << level);
        }
        for (int level = 1; level <= LEVELS; level++) {
            blocks.layer("up" + level);
            long width = STEM << (LEVELS - level);
            Tensor skip = skipped.pop();
            Tensor raised = asLargeAs(blocks, blocks.doubled(x, "up", width), skip);
            Tensor both = blocks.graph().add("concat", new Concat(1), skip, raised);
            x = twice(blocks, both, "conv.double_conv", width);
        }
        blocks.layer("outc");
        return blocks.biasedConvolution(x, "conv", CLASSES, 1, 0);
    }

    private static Tensor twice(ConvolutionBlocks blocks, Tensor x, String path, long filters) {
        Tensor y = once(blocks, x, path, 0, filters);
        return once(blocks, y, path, 3, filters);
    }

    /** A convolution, its normalisation and its activation, which the sequence numbers one after the other. */
    private static Tensor once(ConvolutionBlocks blocks, Tensor x, String path, int index, long filters) {
        String prefix = path + ".";
        Tensor y = blocks.convolution(x, prefix + index, filters, 3, 1, 1);
        return blocks.relu(blocks.batchNorm(y, prefix + (index + 1)), prefix + (index + 2));
    }

    /** An odd side loses a pixel on the way down. */
    private static Tensor asLargeAs(ConvolutionBlocks blocks, Tensor x, Tensor skip) {
        long height = skip.shape().dimension(2);
        long width = skip.shape().dimension(3);
        return x.shape().dimension(2) == height && x.shape().dimension(3) == width
                ? x
                : blocks.graph().add("pad", new Pad(x.shape().with(2, height).with(3, width)), x);
    }
}
