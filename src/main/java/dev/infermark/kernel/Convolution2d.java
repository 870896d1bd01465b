package dev.infermark.kernel;

/**
 * What a two-dimensional convolution computes, and on what shapes.
 *
 * <p>Filters lie as [filters][channels / groups][vertical size][horizontal size], as in ONNX and PyTorch, whatever the
 * layout of images. Of several groups, each takes its share of the channels, in order, to its share of the filters;
 * as many groups as channels are a depthwise convolution.
 *
 * @param input shape of what is convolved
 * @param vertical the filter's window along the height
 * @param horizontal the filter's window along the width
 * @param filters channels of the output, at least 1
 * @param groups a divisor of channels and filters
 */
public record Convolution2d(ImageShape input, Window vertical, Window horizontal, int filters, int groups) {
    /** Checks that groups divide channels and filters, and that the window fits on the padded input. */
    public Convolution2d {
        if (filters < 1 || groups < 1) {
            throw new IllegalArgumentException("filters " + filters + " and groups " + groups + " must be at least 1");
        }
        if (input.channels() % groups != 0 || filters % groups != 0) {
            throw new IllegalArgumentException("groups " + groups + " must divide the channels of the input " + input
                    + " and the " + filters + " filters");
        }
        outputOf(input, vertical, horizontal, filters);
        Sizes.product(
                filters + " filters of " + vertical.size() + "x" + horizontal.size() + " for an input of " + input,
                filters,
                input.channels() / groups,
                vertical.size(),
                horizontal.size());
    }

    /** A convolution without groups, whose square window moves alike along both axes. */
    public static Convolution2d square(ImageShape input, Window window, int filters) {
        return new Convolution2d(input, window, window, filters, 1);
    }

    /** Shape of the result, in the layout of the input. */
    public ImageShape output() {
        return outputOf(input, vertical, horizontal, filters);
    }

    /** Channels that each filter sees. */
    public int groupChannels() {
        return input.channels() / groups;
    }

    /** Filters that see the same channels. */
    public int groupFilters() {
        return filters / groups;
    }

    /** Products of which each element of the result is the sum, those with padding included. */
    public int depth() {
        return groupChannels() * vertical.size() * horizontal.size();
    }

    /** Where an element of a filter is in the array of filters; the channel is counted within the group. */
    public int filterIndex(int filter, int channel, int row, int column) {
        return ((filter * groupChannels() + channel) * vertical.size() + row) * horizontal.size() + column;
    }

    /** Dimensions of the filters, such as {@code 64x64x3x3}. */
    public String filterShape() {
        return filters + "x" + groupChannels() + "x" + vertical.size() + "x" + horizontal.size();
    }

    private static ImageShape outputOf(ImageShape input, Window vertical, Window horizontal, int filters) {
        return new ImageShape(
                input.layout(),
                input.batch(),
                vertical.places(input.height()),
                horizontal.places(input.width()),
                filters);
    }
}
