package dev.infermark.regress.golden;

import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.csv.CsvWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

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
        Builder builder = new Builder(file, keys);
        CsvReader.read(file, keys, builder);
        return builder.build();
    }

    /** Gathers rows as they are read. */
    private static final class Builder implements CsvReader.Consumer {
        private final Path file;
        private final List<String> keys;
        private final List<String> columns = new ArrayList<>();
        private final Map<GoldenKey, Map<String, String>> rows = new LinkedHashMap<>();

        private Builder(Path file, List<String> keys) {
            this.file = file;
            this.keys = keys;
        }

        @Override
        public void header(CsvReader.Header header) {
            columns.addAll(header.columns());
        }

        @Override
        public void accept(CsvRow row) {
            List<String> fields = row.fields();
            if (row.excess() != 0) {
                throw new UserError(row.place() + ": " + fields.size() + " fields where the header has "
                        + columns.size() + "; correct the line");
            }
            Map<String, String> named = new LinkedHashMap<>();
            for (int i = 0; i < fields.size(); i++) {
                named.put(columns.get(i), fields.get(i));
            }
            GoldenKey key = new GoldenKey(keys.stream().map(row::text).toList());
            if (rows.put(key, named) != null) {
                throw new UserError(file + " has two rows for " + key.label()
                        + ": remove one, or name more columns with --key");
            }
        }

        private GoldenTable build() {
            if (rows.isEmpty()) {
                throw new UserError(file + " holds no row: write the predictions into it first");
            }
            return new GoldenTable(columns, rows);
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
        CsvWriter.write(
                file,
                columns,
                rows.values().stream()
                        .map(row -> columns.stream().map(c -> row.getOrDefault(c, "")).toList())
                        .toList());
    }
}
