package dev.infermark.regress.history;

import dev.infermark.base.Counted;
import dev.infermark.regress.history.ToldLog.Finding;
import dev.infermark.regress.history.ToldLog.Told;
import dev.infermark.regress.parse.Series;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** A benchmark's findings beside what was told of it before. */
final class TrackedSeries {
    /** A finding so few runs away from one that was told is the same, placed better. */
    private static final int NEAR = 5;

    private static final String CHANGE = "change";

    private final SeriesReport report;
    private final List<Told> standing;
    private final Map<String, Integer> places = new HashMap<>();
    private final Map<Candidate, Optional<Told>> known = new LinkedHashMap<>();
    private final Set<Candidate> toldNow = new HashSet<>();

    TrackedSeries(SeriesReport report, List<Told> standing) {
        this.report = report;
        this.standing = standing;
        if (!standing.isEmpty()) {
            List<Series.Run> runs = report.series().runs();
            IntStream.range(0, runs.size()).forEach(i -> places.put(runs.get(i).label(), i));
        }
        List<Told> free = new ArrayList<>(standing);
        candidates(report).forEach(candidate -> {
            Optional<Told> same = free.stream()
                    .filter(told -> distance(candidate, told) <= NEAR)
                    .min(Comparator.comparingInt(told -> distance(candidate, told)));
            same.ifPresent(free::remove);
            known.put(candidate, same);
        });
    }

    /**
     * A finding of tonight.
     *
     * @param finding as it would be told
     * @param from its first run's place
     * @param to the place after its last run, for a lasting change that after its first
     * @param p its p-value
     */
    record Candidate(Finding finding, int from, int to, double p) {}

    private static Stream<Candidate> candidates(SeriesReport report) {
        String benchmark = report.series().benchmark();
        return Stream.concat(
                report.changes().stream().map(change -> candidate(benchmark, change)),
                report.episodes().stream().map(past -> candidate(benchmark, past)));
    }

    private static Candidate candidate(String benchmark, Change change) {
        int place = change.point().index();
        return new Candidate(
                new Finding(
                        benchmark,
                        CHANGE,
                        change.run().label(),
                        change.run().commit(),
                        change.point().change()),
                place,
                place + 1,
                change.point().p());
    }

    private static Candidate candidate(String benchmark, PastEpisode past) {
        return new Candidate(
                new Finding(
                        benchmark,
                        past.episode().word(),
                        past.first().label(),
                        past.first().commit(),
                        past.episode().change()),
                past.episode().from(),
                past.episode().to(),
                past.episode().p());
    }

    SeriesReport report() {
        return report;
    }

    /** How many runs lie between a finding and one that was told; too many where they go opposite ways. */
    private int distance(Candidate candidate, Told told) {
        int place = place(told);
        boolean isSameWay = Math.signum(candidate.finding.change()) == Math.signum(told.finding().change());
        return place < 0 || !isSameWay
                ? Integer.MAX_VALUE
                : Math.max(0, Math.max(candidate.from - place, place - candidate.to + 1));
    }

    private int place(Told told) {
        return places.getOrDefault(told.finding().run(), -1);
    }

    /** The findings that were not told before and are large enough. */
    List<Candidate> fresh(double least) {
        return known.entrySet().stream()
                .filter(entry -> entry.getValue().isEmpty())
                .map(Map.Entry::getKey)
                .filter(candidate -> Math.abs(candidate.finding.change()) >= least)
                .toList();
    }

    /** Tells a finding. */
    void tell(Candidate candidate) {
        toldNow.add(candidate);
    }

    /** What this look adds to the log. */
    List<ToldLog.Event> events(String newest) {
        List<ToldLog.Event> events = new ArrayList<>();
        Set<Told> lost = new LinkedHashSet<>(standing);
        known.forEach((candidate, told) -> {
            told.ifPresent(lost::remove);
            boolean isOther = told.filter(t -> isOther(candidate.finding, t.finding())).isPresent();
            if (isOther) {
                events.add(new ToldLog.Withdrawn(newest, told.orElseThrow(), now(candidate, told.orElseThrow())));
            }
            if (isOther || toldNow.contains(candidate)) {
                events.add(new Told(newest, candidate.finding));
            }
        });
        lost.forEach(told -> events.add(new ToldLog.Withdrawn(newest, told, reason(told))));
        return events;
    }

    /** Whether a finding must be told anew; an episode that grew stays what it is. */
    private static boolean isOther(Finding now, Finding before) {
        boolean wasChange = before.kind().equals(CHANGE);
        return now.kind().equals(CHANGE)
                ? !wasChange || !now.run().equals(before.run())
                : wasChange;
    }

    private String now(Candidate candidate, Told told) {
        Finding now = candidate.finding;
        if (!now.kind().equals(CHANGE)) {
            return "it came back: now told as %s, runs %s to %s".formatted(
                    now.kind(), now.run(), report.series().runs().get(candidate.to - 1).label());
        }
        return told.finding().kind().equals(CHANGE)
                ? "more runs place it at run " + now.run()
                : "it lasts: now told as a change at run " + now.run();
    }

    private String reason(Told told) {
        int place = place(told);
        if (place < 0) {
            return "the history no longer has run " + told.finding().run();
        }
        return "with %s since, chance explains it"
                .formatted(Counted.of(report.series().runs().size() - place, "run"));
    }

    /** The report with what is told: what was told before and still holds, and what is told now. */
    SeriesReport shown(double least, String newest, List<ToldLog.Withdrawn> withdrawn) {
        Map<Candidate, String> toldAt = new HashMap<>();
        known.forEach((candidate, before) -> {
            boolean isLargeEnough = Math.abs(candidate.finding.change()) >= least;
            if (toldNow.contains(candidate) || (before.isPresent() && isLargeEnough)) {
                toldAt.put(
                        candidate,
                        before.filter(told -> !isOther(candidate.finding, told.finding()))
                                .map(Told::at)
                                .orElse(newest));
            }
        });
        String benchmark = report.series().benchmark();
        return new SeriesReport(
                report.series(),
                report.changes().stream()
                        .flatMap(change -> Optional.ofNullable(toldAt.get(candidate(benchmark, change)))
                                .map(change::toldAt)
                                .stream())
                        .toList(),
                report.episodes().stream()
                        .filter(past -> toldAt.containsKey(candidate(benchmark, past)))
                        .toList(),
                withdrawn);
    }
}
