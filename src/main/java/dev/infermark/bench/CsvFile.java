package dev.infermark.bench;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/** CSV with one header line, written whole or not at all. */
final class CsvFile {
    private static final CSVFormat FORMAT =
            CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();

    private CsvFile() {}

    static void write(Path file, List<String> header, List<List<?>> rows) {
        StringBuilder out = new StringBuilder();
        try (CSVPrinter printer = new CSVPrinter(out, FORMAT)) {
            printer.printRecord(header);
            for (List<?> row : rows) {
                printer.printRecord(row);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SafeFiles.write(file, out.toString());
    }

    /** Reads every record; whatever the reader of a record finds wrong is told with file and line. */
    static <T> List<T> read(Path file, Function<CSVRecord, T> reader) {
        String text = SafeFiles.read(file);
        CSVFormat withHeader = FORMAT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (CSVParser parser = CSVParser.parse(text, withHeader)) {
            return parser.stream().map(row -> read(file, row, reader)).toList();
        } catch (IOException | UncheckedIOException | IllegalStateException | IllegalArgumentException e) {
            throw new UserError(file + " is not the CSV that a run writes: " + e.getMessage(), e);
        }
    }

    private static <T> T read(Path file, CSVRecord row, Function<CSVRecord, T> reader) {
        try {
            return reader.apply(row);
        } catch (IllegalArgumentException e) {
            throw new UserError(
                    file + ", record " + row.getRecordNumber() + ": " + e.getMessage() + "; run the benchmarks again",
                    e);
        }
    }
}
