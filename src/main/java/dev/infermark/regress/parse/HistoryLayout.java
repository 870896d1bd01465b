package dev.infermark.regress.parse;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How an existing history is written, so that more can be written to it.
 *
 * @param separator the character between columns
 * @param columns their names in lower case, in the file's order
 */
public record HistoryLayout(char separator, List<String> columns) {
    /** Copies the columns. */
    public HistoryLayout {
        columns = List.copyOf(columns);
    }

    /** Reads a file's layout; refuses a file that is no history. */
    public static HistoryLayout read(Path file) {
        Reader reader = new Reader();
        CsvRows.read(file, reader, HistoryCsv.REQUIRED);
        return new HistoryLayout(reader.separator, reader.columns);
    }

    private static final class Reader implements CsvRows.Consumer {
        private final List<String> columns = new ArrayList<>();
        private char separator = ',';

        @Override
        public void header(List<String> names, char found) {
            columns.addAll(names);
            separator = found;
        }

        @Override
        public void accept(CsvRows.Row row, long line) {}
    }
}
