package dev.infermark.report.plot;

import dev.infermark.base.NumberKind;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Bars in groups, drawn from zero on a linear axis.
 *
 * @param name file name without ending
 * @param title what it shows
 * @param axis quantity and unit of the bars
 * @param groups names of the groups
 * @param series the bars, at most one of each in every group
 */
public record BarPlot(String name, String title, String axis, List<String> groups, List<Series> series)
        implements Plot {

    /** Copies the lists and refuses series that do not have one entry for each group. */
    public BarPlot {
        groups = List.copyOf(groups);
        series = List.copyOf(series);
        for (Series one : series) {
            if (one.bars().size() != groups.size()) {
                throw new IllegalArgumentException(one.label() + " has " + one.bars().size() + " values for "
                        + groups.size() + " groups of plot " + name);
            }
        }
    }

    /** How the numbers of a series are drawn. */
    public enum Mark {
        /** A bar each. */
        BAR,
        /** A part of the group's only bar, to the right of those before it. */
        PART,
        /** A line across all bars of the group, such as a limit that no bar should pass. */
        TICK
    }

    /**
     * One bar or tick of each group.
     *
     * @param label what it is, without the kind
     * @param hue its colour
     * @param kind the kind of its numbers
     * @param mark how they are drawn
     * @param bars one for each group, empty where there is none
     */
    public record Series(String label, Hue hue, NumberKind kind, Mark mark, List<Optional<Bar>> bars) {

        /** A series of bars. */
        public Series(String label, Hue hue, NumberKind kind, List<Optional<Bar>> bars) {
            this(label, hue, kind, Mark.BAR, bars);
        }

        /** Copies the list. */
        public Series {
            bars = List.copyOf(bars);
        }

        /** What people read: label and kind. */
        public String legend() {
            return label.isEmpty() ? kind.label() : label + ", " + kind.label();
        }
    }

    /** The parts of a group's only bar, in order. */
    List<Bar> parts(int group) {
        return series.stream()
                .filter(one -> one.mark() == Mark.PART)
                .flatMap(one -> one.bars().get(group).stream())
                .toList();
    }

    /** All parts of a group as one number. */
    Bar whole(int group) {
        return Bar.of(parts(group).stream().mapToDouble(Bar::value).sum());
    }

    /** All numbers that are drawn from zero. */
    Stream<Bar> fromZero() {
        return Stream.concat(
                series.stream()
                        .filter(one -> one.mark() != Mark.PART)
                        .flatMap(one -> one.bars().stream())
                        .flatMap(Optional::stream),
                IntStream.range(0, groups.size()).mapToObj(this::whole));
    }

    @Override
    public String description() {
        return title + " (" + axis + ") "
                + IntStream.range(0, groups.size())
                        .mapToObj(group -> groups.get(group) + ": " + numbers(group))
                        .collect(Collectors.joining("; "))
                + ".";
    }

    private String numbers(int group) {
        return series.stream()
                .flatMap(one -> one.bars().get(group).stream().map(bar -> one.legend() + " " + bar.text()))
                .collect(Collectors.joining(", "));
    }
}
