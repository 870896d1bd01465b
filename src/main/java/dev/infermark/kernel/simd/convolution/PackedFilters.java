package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Convolution2d;
import dev.infermark.kernel.simd.AlignedFloats;

/**
 * Filters in panels: for each element of the window, in the order of rows, columns and channels, as many filters as a
 * tile has columns, with zeros to fill the last panel.
 */
final class PackedFilters {
    private final Convolution2d convolution;
    private final int columns;
    /** Filters that may be in a panel together, of each so many. */
    private final int companions;

    private final AlignedFloats values;

    /** Packs filters that lie as {@link Convolution2d} has it. */
    PackedFilters(Convolution2d convolution, int columns, int companions, float[] filters) {
        this.convolution = convolution;
        this.columns = columns;
        this.companions = companions;
        values = new AlignedFloats(Math.multiplyExact(panels(), Math.multiplyExact(convolution.depth(), columns)));
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
                        values.array()[at + f] = filters[convolution.filterIndex(first(panel) + f, c, i, j)];
                    }
                    at += columns;
                }
            }
        }
    }

    /** Moves the panels to the start of a cache line, if they are not there any more. */
    void align() {
        values.align();
    }

    /** The array that the panels are in, one after the other. */
    float[] values() {
        return values.array();
    }

    /** Number of panels. */
    int panels() {
        return convolution.filters() / companions * Math.ceilDiv(companions, columns);
    }

    /** Where in the array a panel starts, until {@link #align} is next called. */
    int start(int panel) {
        return values.start() + panel * convolution.depth() * columns;
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
