package dev.infermark.regress.imports;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.jmh.Direction;
import dev.infermark.regress.history.HistoryLine;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The {@code data.js} of github-action-benchmark: {@code window.BENCHMARK_DATA = {entries: {suite: [run, …]}}}. */
final class ActionBenchmarkData {
    private static final Set<String> LOWER_TOOLS = Set.of(
            "cargo", "catch2", "googlecpp", "jmh", "benchmarkdotnet", "customSmallerIsBetter");
    private static final Set<String> HIGHER_TOOLS = Set.of("benchmarkjs", "pytest", "customBiggerIsBetter");

    private ActionBenchmarkData() {}

    private record Measured(Instant time, HistoryLine line) {}

    static List<HistoryLine> read(Path file, Optional<Direction> unknown) {
        String text = SafeFiles.read(file);
        int brace = text.indexOf('{');
        if (brace < 0) {
            throw new UserError(file + " holds no data of github-action-benchmark: give its data.js");
        }
        try {
            JsonNode entries = JsonMapper.shared().readTree(text.substring(brace)).path("entries");
            List<Measured> found = new ArrayList<>();
            for (String suite : entries.propertyNames()) {
                for (JsonNode run : entries.path(suite)) {
                    read(file, entries.size() > 1 ? suite + "/" : "", run, unknown, found);
                }
            }
            if (found.isEmpty()) {
                throw new UserError(file + " holds no measured run of github-action-benchmark: give its data.js");
            }
            found.sort(Comparator.comparing(Measured::time));
            return found.stream().map(Measured::line).toList();
        } catch (JacksonException e) {
            throw new UserError(
                    file + " is cut or no JSON at line " + e.getLocation().getLineNr() + ": give a whole data.js", e);
        }
    }

    private static void read(
            Path file, String prefix, JsonNode run, Optional<Direction> unknown, List<Measured> found) {
        String commit = run.path("commit").path("id").stringValue("");
        Instant time = Instant.ofEpochMilli(run.path("date").asLong(0));
        String tool = run.path("tool").asString("");
        for (JsonNode bench : run.path("benches")) {
            String name = prefix + bench.path("name").asString("");
            String unit = bench.path("unit").asString("");
            JsonNode value = bench.path("value");
            if (!value.isNumber() || !Double.isFinite(value.asDouble()) || name.isBlank()) {
                throw new UserError(file + ": a benchmark of commit " + commit + " has no name or no value that is a"
                        + " finite number: correct the file");
            }
            Direction direction = direction(tool, unit)
                    .or(() -> unknown)
                    .orElseThrow(() -> new UserError(file + ": neither the tool '" + tool + "' nor the unit '" + unit
                            + "' of " + name + " tells whether lower is better; give --direction"));
            String label = commit.isEmpty() ? time.toString() : commit;
            found.add(new Measured(
                    time, new HistoryLine(name, label, value.asDouble(), unit, direction, commit, time.toString(), 1)));
        }
    }

    private static Optional<Direction> direction(String tool, String unit) {
        return Direction.ofUnit(unit).or(() -> {
            if (unit.equals("iter/sec") || HIGHER_TOOLS.contains(tool)) {
                return Optional.of(Direction.HIGHER);
            }
            return LOWER_TOOLS.contains(tool) ? Optional.of(Direction.LOWER) : Optional.empty();
        });
    }
}
