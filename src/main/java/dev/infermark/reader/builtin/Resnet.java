package dev.infermark.reader.builtin;

import dev.infermark.graph.Tensor;
import java.util.List;

/**
 * ResNet (https://arxiv.org/abs/1512.03385) as torchvision lays it out: the stride of a bottleneck is in its 3×3
 * convolution.
 *
 * @param block what the stages are made of
 * @param depths blocks per stage
 */
record Resnet(Block block, List<Integer> depths) implements ConvolutionalNetwork.Layers {
    private static final long STEM = 64;
    private static final long BOTTLENECK_EXPANSION = 4;
    private static final long CLASSES = 1000;

    /** What the stages are made of. */
    enum Block {
        /** Two 3×3 convolutions. */
        BASIC,
        /** A 3×3 convolution between two of 1×1, the last of which widens four times. */
        BOTTLENECK
    }

    @Override
    public Tensor apply(ConvolutionBlocks blocks, Tensor image) {
        blocks.layer("stem", "");
        Tensor x = blocks.relu(blocks.batchNorm(blocks.convolution(image, "conv1", STEM, 7, 2, 3), "bn1"), "relu");
        x = blocks.maxPool(x, "maxpool", 3, 2, 1);
        for (int stage = 0; stage < depths.size(); stage++) {
            for (int i = 0; i < depths.get(stage); i++) {
                blocks.layer("layer" + (stage + 1) + "." + i);
                x = residual(blocks, x, STEM << stage, stage > 0 && i == 0 ? 2 : 1);
            }
        }
        blocks.layer("head", "");
        return blocks.linear(blocks.globalAverage(x, "avgpool"), "fc", CLASSES);
    }

    private Tensor residual(ConvolutionBlocks blocks, Tensor x, long width, long stride) {
        Tensor y =
                switch (block) {
                    case BASIC -> {
                        Tensor first = normalised(blocks, x, 1, width, 3, stride);
                        yield normalised(blocks, blocks.relu(first, "relu1"), 2, width, 3, 1);
                    }
                    case BOTTLENECK -> {
                        Tensor first = blocks.relu(normalised(blocks, x, 1, width, 1, 1), "relu1");
                        Tensor second = blocks.relu(normalised(blocks, first, 2, width, 3, stride), "relu2");
                        yield normalised(blocks, second, 3, width * BOTTLENECK_EXPANSION, 1, 1);
                    }
                };
        long filters = y.shape().dimension(1);
        Tensor shortcut = x;
        if (stride != 1 || x.shape().dimension(1) != filters) {
            Tensor projected = blocks.convolution(x, "downsample.0", filters, 1, stride, 0);
            shortcut = blocks.batchNorm(projected, "downsample.1");
        }
        return blocks.relu(blocks.add("add", y, shortcut), "relu");
    }

    private static Tensor normalised(
            ConvolutionBlocks blocks, Tensor x, int index, long filters, long kernel, long stride) {
        Tensor y = blocks.convolution(x, "conv" + index, filters, kernel, stride, kernel / 2);
        return blocks.batchNorm(y, "bn" + index);
    }
}
