package dev.infermark.regress.parse;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.csv.CsvWriter;
import dev.infermark.jmh.TimeUnits;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * How an existing history is written and which runs it holds, so that more can be written to it.
 *
 * @param dialect separator and line ends
 * @param decimalMark of its numbers, a point or a comma
 * @param columns their names in lower case, in the file's order
 * @param entries the values that it has already
 * @param units the unit of each benchmark, where it names one
 */
public record HistoryLayout(
        CsvWriter.Dialect dialect,
        char decimalMark,
        List<String> columns,
        Map<Entry, List<Double>> entries,
        Map<String, String> units) {
    /** What a new file gets. */
    public static final HistoryLayout NEW = new HistoryLayout(
            CsvWriter.Dialect.DEFAULT,
            '.',
            List.of("benchmark", "run", "value", "unit", "direction", "commit", "time", "fork"),
            Map.of(),
            Map.of());

    /** Copies columns, entries and units. */
    public HistoryLayout {
        columns = List.copyOf(columns);
        entries = Map.copyOf(entries);
        units = Map.copyOf(units);
    }

    /**
     * A benchmark in a run.
     *
     * @param benchmark name with parameters
     * @param run name of the run
     */
    public record Entry(String benchmark, String run) {}

    /** Reads a file's layout; refuses a file that is no history. */
    public static HistoryLayout read(Path file) {
        Reader reader = new Reader();
        CsvReader.read(file, HistoryCsv.REQUIRED, reader);
        return new HistoryLayout(
                new CsvWriter.Dialect(reader.separator, lineEnd(file)),
                reader.decimalMark,
                reader.columns,
                reader.entries,
                reader.units);
    }

    /** A row of the file from fields by the names of their columns; a number has the file's decimal mark. */
    public List<String> row(Map<String, String> fields) {
        return columns.stream()
                .map(column -> {
                    String field = fields.getOrDefault(column, "");
                    return column.equals("value") ? field.replace('.', decimalMark) : field;
                })
                .toList();
    }

    /** Refuses a unit that does not convert to the one in which the file has the benchmark. */
    public void refuseOtherUnit(String file, String benchmark, String unit) {
        String before = units.getOrDefault(benchmark, unit);
        if (TimeUnits.factor(unit, before).isEmpty()) {
            throw new UserError("%s has %s in '%s', and '%s' does not convert: measure it in the same unit"
                    .formatted(file, benchmark, before, unit));
        }
    }

    private static String lineEnd(Path file) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(SafeFiles.open(file), StandardCharsets.UTF_8))) {
            for (int next = reader.read(); next >= 0; next = reader.read()) {
                if (next == '\r') {
                    return reader.read() == '\n' ? "\r\n" : "\r";
                }
                if (next == '\n') {
                    return "\n";
                }
            }
            return "\n";
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static final class Reader implements CsvReader.Consumer {
        private final List<String> columns = new ArrayList<>();
        private final Map<Entry, List<Double>> entries = new HashMap<>();
        private final Map<String, String> units = new HashMap<>();
        private char separator = ',';
        private char decimalMark = '.';

        @Override
        public void header(CsvReader.Header header) {
            header.columns().forEach(name -> columns.add(name.toLowerCase(Locale.ROOT)));
            separator = header.separator();
        }

        @Override
        public void accept(CsvRow row) {
            OptionalDouble value = row.number("value");
            if (!row.isEnded() || row.excess() != 0 || Double.isNaN(value.orElse(Double.NaN))) {
                return;
            }
            if (row.text("value").indexOf(',') >= 0) {
                decimalMark = ',';
            }
            String benchmark = row.text("benchmark");
            entries.computeIfAbsent(new Entry(benchmark, row.text("run")), _ -> new ArrayList<>(1))
                    .add(value.getAsDouble());
            row.get("unit").ifPresent(unit -> units.putIfAbsent(benchmark, unit));
        }
    }
}
