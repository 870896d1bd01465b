package dev.infermark.validate.blog;

import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** The files that hold what the blog post says. */
final class BlogFile {
    private BlogFile() {}

    static List<CsvRow> read(String name) {
        try (var in = Objects.requireNonNull(BlogFile.class.getResourceAsStream(name))) {
            return CsvReader.rows(name, new String(in.readAllBytes(), StandardCharsets.UTF_8), List.of());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
