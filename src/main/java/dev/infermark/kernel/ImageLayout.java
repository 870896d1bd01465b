package dev.infermark.kernel;

/** In which order the elements of a batch of images lie, the last named next to each other. */
public enum ImageLayout {
    /** All channels of a pixel are neighbours, as TensorFlow has it. */
    NHWC,
    /** All pixels of a channel are neighbours, as ONNX and PyTorch have it. */
    NCHW
}
