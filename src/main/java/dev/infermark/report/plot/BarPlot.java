package dev.infermark.report.plot;

import dev.infermark.base.NumberKind;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Bars in groups.
 *
 * @param name file name without ending
 * @param title what it shows
 * @param axis quantity and unit of the bars
 * @param scale how the bars are scaled
 * @param direction where the bars point
 * @param groups names of the groups
 * @param series the bars, one of each in every group
 */
public record BarPlot(
        String name,
        String title,
        String axis,
        Scale scale,
        Direction direction,
        List<String> groups,
        List<Series> series) {

    /** Copies the lists and refuses series that do not have one value for each group. */
    public BarPlot {
        groups = List.copyOf(groups);
        series = List.copyOf(series);
        for (Series bars : series) {
            if (bars.values().size() != groups.size()) {
                throw new IllegalArgumentException(bars.label() + " has " + bars.values().size() + " values for "
                        + groups.size() + " groups of plot " + name);
            }
            if (bars.mark() == Mark.TICK && direction == Direction.UP) {
                throw new IllegalArgumentException("plot " + name + " has ticks, which only lying bars have");
            }
        }
    }

    /** Bars that stand. */
    public BarPlot(String name, String title, String axis, Scale scale, List<String> groups, List<Series> series) {
        this(name, title, axis, scale, Direction.UP, groups, series);
    }

    /** Where bars point. */
    public enum Direction {
        /** They stand side by side, in a picture of one size: for few groups with short names. */
        UP,
        /** They lie one below the other, in a picture as high as they need: for many groups or long names. */
        RIGHT
    }

    /** How the numbers of a series are drawn. */
    public enum Mark {
        /** A bar each. */
        BAR,
        /** A line across all bars of the group, such as a limit that no bar should pass. */
        TICK
    }

    /** How bars are scaled. */
    public enum Scale {
        /** From zero. */
        LINEAR,
        /** By powers of ten. */
        LOGARITHMIC
    }

    /**
     * One bar or tick of each group.
     *
     * @param label what it is, without the kind
     * @param hue its colour
     * @param kind the kind of its numbers
     * @param mark how they are drawn
     * @param values one for each group, empty where there is none
     */
    public record Series(String label, Hue hue, NumberKind kind, Mark mark, List<OptionalDouble> values) {

        /** A series of bars. */
        public Series(String label, Hue hue, NumberKind kind, List<OptionalDouble> values) {
            this(label, hue, kind, Mark.BAR, values);
        }

        /** Copies the list. */
        public Series {
            values = List.copyOf(values);
        }

        /** What people read: label and kind. */
        public String legend() {
            return label.isEmpty() ? kind.label() : label + " (" + kind.label() + ")";
        }
    }
}
