package dev.infermark.kernel;

/**
 * A batch of images, without gaps between elements.
 *
 * @param layout order of the elements
 * @param batch number of images, at least 1
 * @param height rows of an image, at least 1
 * @param width pixels of a row, at least 1
 * @param channels values of a pixel, at least 1
 */
public record ImageShape(ImageLayout layout, int batch, int height, int width, int channels) {
    /** Checks that no dimension is empty and that an array can hold all elements. */
    public ImageShape {
        String dimensions = batch + " images of " + height + "x" + width + " pixels and " + channels + " channels";
        if (batch < 1 || height < 1 || width < 1 || channels < 1) {
            throw new IllegalArgumentException("every dimension is at least 1, not " + dimensions);
        }
        Sizes.product(dimensions, batch, height, width, channels);
    }

    /** Number of elements. */
    public int elements() {
        return batch * pixels() * channels;
    }

    /** Pixels of one image. */
    public int pixels() {
        return height * width;
    }

    /** Where an element is in the array. */
    public int index(int image, int y, int x, int channel) {
        int pixel = y * width + x;
        int first = image * pixels() * channels;
        return switch (layout) {
            case NHWC -> first + pixel * channels + channel;
            case NCHW -> first + channel * pixels() + pixel;
        };
    }

    /** The dimensions in the layout's order, such as {@code 1x56x56x64 NHWC}. */
    @Override
    public String toString() {
        return switch (layout) {
            case NHWC -> batch + "x" + height + "x" + width + "x" + channels + " NHWC";
            case NCHW -> batch + "x" + channels + "x" + height + "x" + width + " NCHW";
        };
    }
}
