package dev.infermark.regress.parse;

import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * How an existing history is written and which runs it holds, so that more can be written to it.
 *
 * @param separator the character between columns
 * @param columns their names in lower case, in the file's order
 * @param entries what has a value already
 */
public record HistoryLayout(char separator, List<String> columns, Set<Entry> entries) {
    /** Copies columns and entries. */
    public HistoryLayout {
        columns = List.copyOf(columns);
        entries = Set.copyOf(entries);
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
        return new HistoryLayout(reader.separator, reader.columns, reader.entries);
    }

    private static final class Reader implements CsvReader.Consumer {
        private final List<String> columns = new ArrayList<>();
        private final Set<Entry> entries = new HashSet<>();
        private char separator = ',';

        @Override
        public void header(CsvReader.Header header) {
            header.columns().forEach(name -> columns.add(name.toLowerCase(Locale.ROOT)));
            separator = header.separator();
        }

        @Override
        public void accept(CsvRow row) {
            boolean measured = !Double.isNaN(row.number("value").orElse(Double.NaN));
            if (row.isEnded() && row.excess() == 0 && measured) {
                entries.add(new Entry(row.text("benchmark"), row.text("run")));
            }
        }
    }
}
