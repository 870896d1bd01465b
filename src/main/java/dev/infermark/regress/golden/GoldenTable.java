package dev.infermark.regress.golden;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVPrinter;
import org.apache.commons.csv.CSVRecord;

/**
 * A CSV file of modelled numbers whose rows are told apart by some of their columns.
 *
 * @param columns all columns, in order
 * @param rows each row's fields by column, found by its key
 */
public record GoldenTable(List<String> columns, Map<GoldenKey, Map<String, String>> rows) {
    /** The column that says which version of the model computed a row. */
    public static final String VERSION = "model_version";

    /** Copies columns and rows. */
    public GoldenTable {
        columns = List.copyOf(columns);
        rows = Collections.unmodifiableMap(new LinkedHashMap<>(rows));
    }

    /** Reads a file; refuses missing key columns, and two rows with the same key. */
    public static GoldenTable read(Path file, List<String> keys) {
        String text = SafeFiles.read(file);
        CSVFormat format = CSVFormat.DEFAULT.builder()
                .setHeader()
                .setSkipHeaderRecord(true)
                .setTrim(true)
                .get();
        try (CSVParser parser = CSVParser.builder()
                .setReader(new StringReader(text.replace("\uFEFF", "")))
                .setFormat(format)
                .get()) {
            List<String> columns = parser.getHeaderNames();
            for (String key : keys) {
                if (!columns.contains(key)) {
                    throw new UserError(file + " lacks the column " + key + ": add it, or name the keys with --key");
                }
            }
            Map<GoldenKey, Map<String, String>> rows = new LinkedHashMap<>();
            for (CSVRecord row : parser) {
                if (!row.isConsistent()) {
                    throw new UserError(file + ", line " + parser.getCurrentLineNumber() + ": " + row.size()
                            + " fields where the header has " + columns.size() + "; correct the line");
                }
                GoldenKey key = new GoldenKey(keys.stream().map(row::get).toList());
                if (rows.put(key, row.toMap()) != null) {
                    throw new UserError(file + " has two rows for " + key.label()
                            + ": remove one, or name more columns with --key");
                }
            }
            if (rows.isEmpty()) {
                throw new UserError(file + " holds no row: write the predictions into it first");
            }
            return new GoldenTable(columns, rows);
        } catch (IOException | UncheckedIOException | IllegalArgumentException e) {
            throw new UserError("cannot read " + file + " as CSV: " + e.getMessage(), e);
        }
    }

    /** One field, empty where the row or the column is missing or blank. */
    public Optional<String> get(GoldenKey key, String column) {
        return Optional.ofNullable(rows.getOrDefault(key, Map.of()).get(column)).filter(text -> !text.isBlank());
    }

    /** The model's version, where all rows tell the same one. */
    public Optional<String> version() {
        List<String> versions = rows.keySet().stream()
                .flatMap(key -> get(key, VERSION).stream())
                .distinct()
                .toList();
        return versions.size() == 1 ? Optional.of(versions.getFirst()) : Optional.empty();
    }

    /** The same rows, stamped with the version of the model that computed them. */
    public GoldenTable stamped(String version) {
        List<String> wider = new ArrayList<>(columns);
        if (!wider.contains(VERSION)) {
            wider.add(VERSION);
        }
        Map<GoldenKey, Map<String, String>> stamped = new LinkedHashMap<>();
        rows.forEach((key, row) -> {
            Map<String, String> fields = new LinkedHashMap<>(row);
            fields.put(VERSION, version);
            stamped.put(key, fields);
        });
        return new GoldenTable(wider, stamped);
    }

    /** Writes the file whole or not at all. */
    public void write(Path file) {
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.DEFAULT.builder().setRecordSeparator('\n').get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            printer.printRecord(columns);
            for (Map<String, String> row : rows.values()) {
                printer.printRecord(columns.stream().map(c -> row.getOrDefault(c, "")).toList());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        SafeFiles.write(file, text.toString());
    }
}
