package dev.infermark.csv;

import dev.infermark.base.SafeFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** Writes CSV as RFC 4180 quotes it. */
public final class CsvWriter {
    private CsvWriter() {}

    /**
     * How rows are written.
     *
     * @param separator what stands between columns
     * @param lineEnd what ends a row
     */
    public record Dialect(char separator, String lineEnd) {
        /** Commas and line feeds. */
        public static final Dialect DEFAULT = new Dialect(',', "\n");
    }

    /** The rows as text, each with its line end. */
    public static String text(Dialect dialect, List<? extends List<?>> rows) {
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.DEFAULT.builder()
                .setDelimiter(dialect.separator())
                .setRecordSeparator(dialect.lineEnd())
                .get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            for (List<?> row : rows) {
                printer.printRecord(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** A header and its rows as text. */
    public static String text(List<String> header, List<? extends List<?>> rows) {
        return text(Dialect.DEFAULT, List.of(header)) + text(Dialect.DEFAULT, rows);
    }

    /** Writes a header and its rows to a file, whole or not at all. */
    public static void write(Path file, List<String> header, List<? extends List<?>> rows) {
        SafeFiles.write(file, text(header, rows));
    }
}
