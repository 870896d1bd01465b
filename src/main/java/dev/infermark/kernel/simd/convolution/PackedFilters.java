package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Convolution2d;

/**
 * Filters in panels: for each element of the window, in the order of rows, columns and channels, as many filters as a
 * tile has columns, with zeros to fill the last panel.
 */
final class PackedFilters {
    private final Convolution2d convolution;
    private final int columns;
    /** Filters that may be in a panel together, of each so many. */
    private final int companions;

    private final float[] values;

    /** Packs filters that lie as {@link Convolution2d} has it. */
    PackedFilters(Convolution2d convolution, int columns, int companions, float[] filters) {
        this.convolution = convolution;
        this.columns = columns;
        this.companions = companions;
        values = new float[Math.multiplyExact(panels(), Math.multiplyExact(convolution.depth(), columns))];
        for (int panel = 0; panel < panels(); panel++) {
            pack(panel, filters);
        }
    }

    private void pack(int panel, float[] filters) {
        int at = start(panel);
        for (int i = 0; i < convolution.vertical().size(); i++) {
            for (int j = 0; j < convolution.horizontal().size(); j++) {
                for (int c = 0; c < convolution.groupChannels(); c++) {
                    for (int f = 0; f < count(panel); f++) {
                        values[at + f] = filters[convolution.filterIndex(first(panel) + f, c, i, j)];
                    }
                    at += columns;
                }
            }
        }
    }

    /** The panels, one after the other. */
    float[] values() {
        return values;
    }

    /** Number of panels. */
    int panels() {
        return convolution.filters() / companions * Math.ceilDiv(companions, columns);
    }

    /** Where a panel starts. */
    int start(int panel) {
        return panel * convolution.depth() * columns;
    }

    /** The first filter of a panel. */
    int first(int panel) {
        int perGroup = Math.ceilDiv(companions, columns);
        return panel / perGroup * companions + panel % perGroup * columns;
    }

    /** Filters of a panel. */
    int count(int panel) {
        return Math.min(columns, companions - first(panel) % companions);
    }
}
