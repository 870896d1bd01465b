package dev.infermark.regress.parse;

import dev.infermark.regress.parse.Environment.Aspect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** The record of the machine that lies beside a run's JSON: a CSV file of {@code key,value}. */
final class Provenance {
    private Provenance() {}

    /** What {@code provenance.csv} or {@code NAME-provenance.csv} beside the file tells, or nothing. */
    static Environment beside(Path json) {
        String name = json.getFileName().toString().replaceFirst("\\.json$", "");
        Map<Aspect, String> aspects = new EnumMap<>(Aspect.class);
        Stream.of(name + "-provenance.csv", "provenance.csv")
                .map(json::resolveSibling)
                .filter(Files::isRegularFile)
                .findFirst()
                .ifPresent(file -> CsvRows.read(file, (row, _) -> {
                    String value = row.get("value").orElse("");
                    switch (row.get("key").orElse("").toLowerCase(Locale.ROOT)) {
                        case "cpu" -> aspects.put(Aspect.CPU, value);
                        case "blackhole" -> aspects.put(Aspect.BLACKHOLE, value);
                        default -> { }
                    }
                }, List.of("key", "value")));
        return new Environment(aspects);
    }
}
