package dev.infermark.bench.run;

import dev.infermark.bench.result.BenchmarkId;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The rows that the report's first tables and plots need: every engine, every data type, shapes of BERT-large and
 * ResNet-50, the peers beside them and the limits above them, as {@code quick.csv} lists them.
 */
final class QuickRows {
    private static final String FILE = "quick.csv";
    private static final List<String> COLUMNS = List.of("operation", "type", "shape", "implementations", "why");
    private static final Set<List<String>> KEYS = keys();

    private QuickRows() {}

    /** What the list says of rows: operation, type, shape and implementation of each. */
    static Set<List<String>> keys() {
        try (var in = Objects.requireNonNull(QuickRows.class.getResourceAsStream(FILE))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return CsvReader.rows(FILE, text, COLUMNS).stream()
                    .flatMap(QuickRows::keys)
                    .collect(Collectors.toUnmodifiableSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<List<String>> keys(CsvRow row) {
        return Stream.of(row.required("implementations").split(" "))
                .map(name -> List.of(row.required("operation"), row.required("type"), row.required("shape"), name));
    }

    /** Whether the list has the row. */
    static boolean contains(BenchmarkId id) {
        return KEYS.contains(key(id));
    }

    static List<String> key(BenchmarkId id) {
        return List.of(id.operation().label(), id.type(), id.shape(), id.implementation());
    }
}
