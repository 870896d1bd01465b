package dev.infermark.regress.imports;

import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.jmh.Direction;
import dev.infermark.regress.history.HistoryLine;
import dev.infermark.regress.parse.RunTime;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The CSV of Otava (formerly Hunter): one row per run with {@code time}, {@code commit} and a column per metric. */
final class OtavaCsv {
    private static final Set<String> ABOUT = Set.of("time", "commit", "branch", "version", "date", "build");

    private final List<String> columns = new ArrayList<>();
    private final List<CsvRow> rows = new ArrayList<>();

    private OtavaCsv() {}

    static List<HistoryLine> read(Path file, Optional<Direction> unknown) {
        OtavaCsv csv = new OtavaCsv();
        CsvReader.read(file, List.of("time"), new CsvReader.Consumer() {
            @Override
            public void header(CsvReader.Header header) {
                csv.columns.addAll(header.columns());
            }

            @Override
            public void accept(CsvRow row) {
                csv.rows.add(row);
            }
        });
        return csv.lines(file, unknown);
    }

    private List<HistoryLine> lines(Path file, Optional<Direction> unknown) {
        List<String> metrics = columns.stream()
                .filter(column -> !ABOUT.contains(column.toLowerCase(Locale.ROOT)))
                .filter(column -> rows.stream().anyMatch(row -> row.number(column).isPresent()))
                .toList();
        if (metrics.isEmpty()) {
            throw new UserError(file + " has no column of numbers beside time and commit: nothing to import");
        }
        Direction direction = unknown.orElseThrow(() -> new UserError(
                file + " does not say whether lower or higher values are better; give --direction"));
        rows.sort(Comparator.comparing(row -> RunTime.read(row.required("time"), row.place())));
        List<HistoryLine> lines = new ArrayList<>();
        for (CsvRow row : rows) {
            String time = RunTime.read(row.required("time"), row.place()).toString();
            String commit = row.text("commit");
            String run = commit.isEmpty() ? time : commit;
            for (String metric : metrics) {
                double value = row.get(metric).isPresent() ? row.requiredNumber(metric) : Double.NaN;
                if (Double.isInfinite(value)) {
                    throw new UserError(row.place() + ": " + metric + " is infinite: correct it or leave it blank");
                }
                // Tables of Python write NaN where nothing was measured.
                if (!Double.isNaN(value)) {
                    lines.add(new HistoryLine(metric, run, value, "", direction, commit, time, 1));
                }
            }
        }
        return List.copyOf(lines);
    }
}
