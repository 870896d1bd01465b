package dev.infermark.regress.history;

import java.util.ArrayList;
import java.util.List;

/**
 * What was looked at, told and withdrawn over time, oldest first: what was said once stays readable, also where it
 * turned out to be wrong.
 *
 * @param events the whole log
 */
public record ToldLog(List<Event> events) {
    /** Before the first look. */
    public static final ToldLog EMPTY = new ToldLog(List.of());

    /** Copies the events. */
    public ToldLog {
        events = List.copyOf(events);
    }

    /**
     * A finding as it was told.
     *
     * @param benchmark whose
     * @param kind {@code change}, {@code episode} or {@code spike}
     * @param run the first run of the new level
     * @param commit that run's commit, may be empty
     * @param change relative change, infinite from 0
     */
    public record Finding(String benchmark, String kind, String run, String commit, double change) {}

    /** One line of the log. */
    public sealed interface Event {}

    /** The histories were looked at. */
    public record Looked(Look look) implements Event {}

    /**
     * A finding was told.
     *
     * @param at the newest run by then
     */
    public record Told(String at, Finding finding) implements Event {}

    /**
     * A finding no longer holds.
     *
     * @param at the newest run by then
     * @param reason why, in a few words
     */
    public record Withdrawn(String at, Told told, String reason) implements Event {}

    /** All looks. */
    public List<Look> looks() {
        return events.stream()
                .filter(Looked.class::isInstance)
                .map(event -> ((Looked) event).look())
                .toList();
    }

    /** What was told and not withdrawn. */
    public List<Told> standing() {
        List<Told> standing = new ArrayList<>();
        for (Event event : events) {
            switch (event) {
                case Looked _ -> {
                    // Says of no finding.
                }
                case Told told -> standing.add(told);
                case Withdrawn withdrawn -> standing.remove(withdrawn.told());
            }
        }
        return List.copyOf(standing);
    }

    /** What was withdrawn. */
    public List<Withdrawn> withdrawn() {
        return events.stream()
                .filter(Withdrawn.class::isInstance)
                .map(Withdrawn.class::cast)
                .toList();
    }

    /** The log with more events. */
    ToldLog and(List<Event> more) {
        List<Event> all = new ArrayList<>(events);
        all.addAll(more);
        return new ToldLog(all);
    }
}
