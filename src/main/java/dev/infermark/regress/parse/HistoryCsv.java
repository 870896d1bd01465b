package dev.infermark.regress.parse;

import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.jmh.Direction;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** Reads a history: any CSV file with the columns {@code benchmark,run,value[,unit,direction,commit,time]}. */
public final class HistoryCsv {
    private static final Pattern DIGITS = Pattern.compile("\\d+");
    static final List<String> REQUIRED = List.of("benchmark", "run", "value");

    private final Path file;
    private final Map<String, SeriesBuilder> builders = new TreeMap<>();
    private final List<String> notes = new ArrayList<>();
    private final Map<String, String> words = new HashMap<>();
    private final Map<String, Instant> times = new HashMap<>();

    private final Optional<Direction> unknown;
    private final Map<String, String> spoiled = new TreeMap<>();

    private HistoryCsv(Path file, Optional<Direction> unknown) {
        this.file = file;
        this.unknown = unknown;
    }

    /**
     * What a history file holds.
     *
     * @param series one per benchmark, by name
     * @param notes what the file's readers should know: rows left out and why, rows that share a run
     */
    public record Content(List<Series> series, List<String> notes) {
        /** Copies both lists. */
        public Content {
            series = List.copyOf(series);
            notes = List.copyOf(notes);
        }
    }

    /**
     * Reads the whole file.
     *
     * <p>A cut line, a last line that no line feed ends, a value that is NaN and a benchmark of which a line cannot be
     * right are left out and noted; a file of which nothing is left is refused by its first such line.
     */
    public static Content read(Path file) {
        return read(file, Optional.empty());
    }

    /**
     * Reads the whole file.
     *
     * @param unknown the direction of benchmarks whose unit does not tell it
     */
    public static Content read(Path file, Optional<Direction> unknown) {
        return new HistoryCsv(file, unknown).read();
    }

    private Content read() {
        CsvReader.read(file, REQUIRED, this::add);
        int repeats = builders.values().stream().mapToInt(SeriesBuilder::repeats).sum();
        if (repeats > 0) {
            notes.add("%s: %,d rows share benchmark and run with another row: each run counts once, by its median"
                    .formatted(file, repeats));
        }
        builders.keySet().removeAll(spoiled.keySet());
        if (builders.isEmpty() && !spoiled.isEmpty()) {
            throw new UserError(spoiled.values().iterator().next());
        }
        spoiled.forEach((benchmark, reason) -> notes.add(benchmark + " is left out: " + reason));
        if (builders.isEmpty()) {
            throw new UserError(file + " holds no measured row"
                    + (notes.isEmpty() ? ": append runs to it first" : "; " + notes.getLast()));
        }
        return new Content(builders.values().stream().map(SeriesBuilder::build).toList(), notes);
    }

    private void add(CsvRow row) {
        String place = row.place();
        if (!row.isEnded()) {
            notes.add(place + ": the line is cut (no line feed ends it) and left out: end it if it is whole, else take"
                    + " that run's lines out and append the run again");
            return;
        }
        if (row.excess() < 0) {
            notes.add(place + ": the line is cut and left out: append that run again");
            return;
        }
        if (row.excess() > 0) {
            throw new UserError(place + ": more fields than the header has; a decimal comma must stand in quotes, or"
                    + " separate the columns by semicolons");
        }
        String benchmark = row.required("benchmark");
        try {
            add(benchmark, row);
        } catch (UserError e) {
            spoiled.putIfAbsent(benchmark, String.valueOf(e.getMessage()));
        }
    }

    /** What cannot be right of one benchmark leaves the others readable. */
    private void add(String benchmark, CsvRow row) {
        String place = row.place();
        Series.Run run = new Series.Run(
                shared(row.required("run")),
                shared(row.text("commit")),
                row.get("time").map(time -> times.computeIfAbsent(time, t -> RunTime.read(t, place))),
                value(row));
        String unit = row.text("unit");
        if (DIGITS.matcher(unit).matches()) {
            throw new UserError(place + ": the unit is the number " + unit + "; a decimal comma must stand in quotes");
        }
        Direction direction = row.get("direction")
                .map(text -> Direction.read(text, place))
                .orElseGet(() -> direction(unit, place));
        SeriesBuilder builder =
                builders.computeIfAbsent(benchmark, name -> new SeriesBuilder(name, unit, direction));
        double value = run.value() * builder.factor(unit, direction, place);
        if (Double.isNaN(value)) {
            notes.add(place + ": " + benchmark + " is NaN in run " + run.label() + " and left out: run it again");
        } else {
            builder.add(new Series.Run(run.label(), run.commit(), run.time(), value));
        }
    }

    /** A value without any unit counts as a time. */
    private Direction direction(String unit, String place) {
        return unit.isEmpty()
                ? unknown.orElse(Direction.LOWER)
                : Direction.ofUnit(unit).or(() -> unknown).orElseThrow(() -> new UserError(place + ": the unit '" + unit
                        + "' does not tell whether lower or higher is better; add a column direction, or give"
                        + " --direction"));
    }

    /** One object per word: a file of millions of rows names few runs. */
    private String shared(String word) {
        return words.computeIfAbsent(word, w -> w);
    }

    private static double value(CsvRow row) {
        String text = row.required("value");
        double value = row.requiredNumber("value");
        if (value < 0 || Double.isInfinite(value)) {
            throw new UserError(
                    row.place() + ": the value " + text + " is no time and no rate; correct or remove the row");
        }
        return value;
    }
}
