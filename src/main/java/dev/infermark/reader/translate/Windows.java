package dev.infermark.reader.translate;

import dev.infermark.graph.Spatial;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Windows whose padding a file gives by rule instead of by number. */
public final class Windows {

    /** Rules of padding. */
    public enum Padding {
        /** None. */
        VALID,
        /** As much as makes the output ceil(input / stride); the odd element goes after. */
        SAME_UPPER,
        /** As much as makes the output ceil(input / stride); the odd element goes before. */
        SAME_LOWER
    }

    private Windows() {}

    /** A window with padding by rule over an input of these spatial sizes. */
    public static Spatial padded(
            Padding padding, List<Long> input, List<Long> kernel, List<Long> strides, List<Long> dilations) {
        List<Long> before = new ArrayList<>();
        List<Long> after = new ArrayList<>();
        for (int i = 0; i < kernel.size(); i++) {
            long extent = Math.addExact(Math.multiplyExact(dilations.get(i), kernel.get(i) - 1), 1);
            long outputs = Math.ceilDiv(input.get(i), Math.max(1, strides.get(i)));
            long needed = padding == Padding.VALID
                    ? 0
                    : Math.max(
                            0,
                            Math.subtractExact(
                                    Math.addExact(Math.multiplyExact(outputs - 1, strides.get(i)), extent),
                                    input.get(i)));
            long lower = padding == Padding.SAME_LOWER ? Math.ceilDiv(needed, 2) : needed / 2;
            before.add(lower);
            after.add(needed - lower);
        }
        return new Spatial(kernel, strides, dilations, before, after);
    }

    /** A list of ones, one per spatial dimension. */
    public static List<Long> ones(int rank) {
        return Collections.nCopies(rank, 1L);
    }

    /** A list of zeros, one per spatial dimension. */
    public static List<Long> zeros(int rank) {
        return Collections.nCopies(rank, 0L);
    }
}
