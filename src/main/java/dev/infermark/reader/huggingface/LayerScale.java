package dev.infermark.reader.huggingface;

import dev.infermark.graph.Tensor;

/** Whether what a layer adds is scaled channel by channel first. */
enum LayerScale {
    NONE,
    LEARNED;

    /** x [..., width], scaled by a parameter [width] where there is one. */
    Tensor apply(Blocks blocks, Tensor x, String name, String parameter) {
        return this == NONE
                ? x
                : blocks.multiply(name, x, blocks.parameter(parameter, x.shape().dimension(-1)));
    }
}
