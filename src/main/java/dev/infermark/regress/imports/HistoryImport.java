package dev.infermark.regress.imports;

import dev.infermark.base.UserError;
import dev.infermark.jmh.Direction;
import dev.infermark.regress.history.HistoryLine;
import dev.infermark.regress.select.ForkStatistic;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the formats in which histories are kept elsewhere. */
public final class HistoryImport {
    private HistoryImport() {}

    /**
     * Reads a history: a folder of JMH's JSON named by commit, github-action-benchmark's {@code data.js}, or Otava's
     * CSV ({@code time,commit,metric,…}).
     *
     * @param unknown the direction of values whose unit or tool does not tell it
     * @return its lines, oldest run first
     */
    public static List<HistoryLine> read(Path source, ForkStatistic statistic, Optional<Direction> unknown) {
        if (Files.isDirectory(source)) {
            return JmhFolder.read(source, statistic);
        }
        String name = source.getFileName().toString().toLowerCase(Locale.ROOT);
        if (name.endsWith(".js") || name.endsWith(".json")) {
            return ActionBenchmarkData.read(source, unknown);
        }
        if (name.endsWith(".csv") || name.endsWith(".tsv")) {
            return OtavaCsv.read(source, unknown);
        }
        throw new UserError("cannot import " + source + ": give a folder of JMH's JSON files, github-action-benchmark's"
                + " data.js, or a CSV file with time and commit");
    }
}
