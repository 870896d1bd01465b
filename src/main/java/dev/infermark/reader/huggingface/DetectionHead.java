package dev.infermark.reader.huggingface;

import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Tensor;

/** Classes and boxes of objects, of which one class more than the labels says that there is none. */
final class DetectionHead {
    private static final long EDGES = 4;

    private DetectionHead() {}

    /** The last of some layers with a ReLU between them: x [batch, objects, hidden] to [batch, objects, out]. */
    static Tensor layers(Blocks blocks, Tensor x, String name, int count, long out) {
        Tensor y = x;
        for (int i = 0; i < count - 1; i++) {
            Tensor wide = blocks.linear(y, name + ".layers." + i, x.shape().dimension(-1));
            y = blocks.activation(wide, name + ".relu." + i, Function.RELU);
        }
        return blocks.linear(y, name + ".layers." + (count - 1), out);
    }

    /** The boxes as shares of the image. */
    static Tensor boxes(Blocks blocks, Tensor x, String name) {
        return blocks.activation(layers(blocks, x, name, 3, EDGES), name + ".sigmoid", Function.SIGMOID);
    }
}
