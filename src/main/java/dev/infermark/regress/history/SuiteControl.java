package dev.infermark.regress.history;

import dev.infermark.regress.statistics.ErrorControl;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * Holds the chance of a false change over a whole suite, night after night: of a hundred benchmarks that are each
 * looked at with a chance of 3 in 1,000, one would be wrong every third night.
 *
 * <p>The p-values of all changes of a night share one budget (Benjamini and Hochberg). A change that is real grows
 * clearer with every night, so what the budget costs is delay.
 */
public final class SuiteControl {
    private SuiteControl() {}

    /**
     * The reports without the changes and episodes that the suite explains by chance.
     *
     * @param level chance of any false change in a night in which nothing changed
     */
    public static List<SeriesReport> apply(List<SeriesReport> reports, double level) {
        double[] adjusted = ErrorControl.BH.adjust(
                reports.stream().flatMapToDouble(SuiteControl::chances).toArray());
        List<SeriesReport> kept = new ArrayList<>();
        int next = 0;
        for (SeriesReport report : reports) {
            List<Change> changes = new ArrayList<>();
            for (Change change : report.changes()) {
                if (adjusted[next++] <= level) {
                    changes.add(change);
                }
            }
            List<PastEpisode> episodes = new ArrayList<>();
            for (PastEpisode episode : report.episodes()) {
                if (adjusted[next++] <= level) {
                    episodes.add(episode);
                }
            }
            next += isQuiet(report) ? 1 : 0;
            kept.add(new SeriesReport(report.series(), changes, episodes));
        }
        return List.copyOf(kept);
    }

    /** A benchmark without any finding was tested as well. */
    private static DoubleStream chances(SeriesReport report) {
        return isQuiet(report)
                ? DoubleStream.of(1)
                : DoubleStream.concat(
                        report.changes().stream().mapToDouble(change -> change.point().p()),
                        report.episodes().stream().mapToDouble(past -> past.episode().p()));
    }

    private static boolean isQuiet(SeriesReport report) {
        return report.changes().isEmpty() && report.episodes().isEmpty();
    }
}
