package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Convolution2d;

/** Which channels the filters of a panel see, and so how a padded pixel holds them. */
enum ChannelUse {
    /** The filters of a panel are of one group and see the same channels; a pixel holds them as the input does. */
    SHARED,

    /** Each filter has channels of its own; a pixel holds the first of all filters, then the second of all. */
    SEPARATE;

    /** The way that wastes less of the vectors: filters of groups smaller than half a panel are kept separate. */
    static ChannelUse of(Convolution2d convolution) {
        boolean small = 2 * convolution.groupFilters() <= WindowTile.ofHost().columns();
        return small && convolution.groups() > 1 ? SEPARATE : SHARED;
    }

    /** The tile that computes so. */
    WindowTile tile() {
        return switch (this) {
            case SHARED -> WindowTile.ofHost();
            case SEPARATE -> new ChannelwiseTile();
        };
    }

    /** Elements of a padded pixel. */
    int pixel(Convolution2d convolution) {
        return switch (this) {
            case SHARED -> convolution.input().channels();
            case SEPARATE -> convolution.filters() * convolution.groupChannels();
        };
    }

    /** The channel of the input at each place of a padded pixel. */
    int channel(Convolution2d convolution, int place) {
        return switch (this) {
            case SHARED -> place;
            case SEPARATE -> firstChannel(convolution, place % convolution.filters()) + place / convolution.filters();
        };
    }

    /** Distance in a padded pixel from one channel of a filter to the next. */
    int step(Convolution2d convolution) {
        return switch (this) {
            case SHARED -> 1;
            case SEPARATE -> convolution.filters();
        };
    }

    /** Most elements of a window that a tile takes as neighbours. */
    int longestRun() {
        return switch (this) {
            case SHARED -> Integer.MAX_VALUE;
            case SEPARATE -> 1;
        };
    }

    /** Where the channels of a filter start in a padded pixel. */
    int place(Convolution2d convolution, int filter) {
        return switch (this) {
            case SHARED -> firstChannel(convolution, filter);
            case SEPARATE -> filter;
        };
    }

    /** Filters that may be in a panel together. */
    int companions(Convolution2d convolution) {
        return switch (this) {
            case SHARED -> convolution.groupFilters();
            case SEPARATE -> convolution.filters();
        };
    }

    private static int firstChannel(Convolution2d convolution, int filter) {
        return filter / convolution.groupFilters() * convolution.groupChannels();
    }
}
