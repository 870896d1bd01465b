package dev.infermark.regress.history;

import dev.infermark.regress.statistics.ErrorControl;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * What a look at a suite tells, in the light of what earlier looks told.
 *
 * <p>A finding is told where its p-value, adjusted for the whole suite (Benjamini and Hochberg), is within what the
 * look may spend: of a hundred benchmarks that are each looked at with a chance of 3 in 1,000, one would be wrong every
 * third night. What was told once is told for as long as the benchmark alone shows it, and withdrawn with a reason
 * after.
 *
 * @param reports what is told, benchmark by benchmark
 * @param log the log with this look
 */
public record SuiteLook(List<SeriesReport> reports, ToldLog log) {
    /** Copies the reports. */
    public SuiteLook {
        reports = List.copyOf(reports);
    }

    /**
     * A look.
     *
     * @param found all that the benchmarks show, each by itself
     * @param log what was told before
     * @param least smallest relative change worth telling, such as 0.01
     * @param level chance of any false finding in the first look, and once more in all later ones together
     */
    public static SuiteLook at(List<SeriesReport> found, ToldLog log, double least, double level) {
        Look look = Look.at(found.stream().map(SeriesReport::series).toList());
        Map<String, List<ToldLog.Told>> standing = log.standing().stream()
                .collect(Collectors.groupingBy(told -> told.finding().benchmark()));
        List<TrackedSeries> suite = found.stream()
                .map(report -> new TrackedSeries(
                        report, Objects.requireNonNullElse(standing.remove(report.series().benchmark()), List.of())))
                .toList();
        List<ToldLog.Event> events = new ArrayList<>();
        tell(suite, least, Spending.of(log.looks(), look, level));
        suite.forEach(series -> events.addAll(series.events(look.newest())));
        standing.values().stream()
                .flatMap(List::stream)
                .map(told -> new ToldLog.Withdrawn(look.newest(), told, "the history no longer has the benchmark"))
                .forEach(events::add);
        if (log.looks().isEmpty() || !log.looks().getLast().equals(look)) {
            events.add(new ToldLog.Looked(look));
        }
        ToldLog after = log.and(events);
        Map<String, List<ToldLog.Withdrawn>> withdrawn = after.withdrawn().stream()
                .collect(Collectors.groupingBy(w -> w.told().finding().benchmark()));
        return new SuiteLook(
                suite.stream()
                        .map(series -> series.shown(
                                least,
                                look.newest(),
                                withdrawn.getOrDefault(series.report().series().benchmark(), List.of())))
                        .toList(),
                after);
    }

    /** Tells what is new and clear enough; a benchmark without anything new was tested as well. */
    private static void tell(List<TrackedSeries> suite, double least, double chance) {
        List<Runnable> tellings = new ArrayList<>();
        List<Double> chances = new ArrayList<>();
        for (TrackedSeries series : suite) {
            List<TrackedSeries.Candidate> fresh = series.fresh(least);
            fresh.forEach(candidate -> {
                chances.add(candidate.p());
                tellings.add(() -> series.tell(candidate));
            });
            if (fresh.isEmpty()) {
                chances.add(1.0);
                tellings.add(() -> {});
            }
        }
        double[] adjusted = ErrorControl.BH.adjust(
                chances.stream().mapToDouble(Double::doubleValue).toArray());
        for (int i = 0; i < adjusted.length; i++) {
            if (adjusted[i] <= chance) {
                tellings.get(i).run();
            }
        }
    }
}
