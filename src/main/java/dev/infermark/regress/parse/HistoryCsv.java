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

    private HistoryCsv(Path file) {
        this.file = file;
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
     * <p>A cut line, a last line that no line feed ends and a value that is NaN are left out and noted; anything else
     * that cannot be right is refused by its line.
     */
    public static Content read(Path file) {
        return new HistoryCsv(file).read();
    }

    private Content read() {
        CsvReader.read(file, REQUIRED, this::add);
        int repeats = builders.values().stream().mapToInt(SeriesBuilder::repeats).sum();
        if (repeats > 0) {
            notes.add("%s: %,d rows share benchmark and run with another row: each run counts once, by its median"
                    .formatted(file, repeats));
        }
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
                .orElseGet(() -> Direction.of("", unit));
        SeriesBuilder builder =
                builders.computeIfAbsent(benchmark, name -> new SeriesBuilder(name, unit, direction));
        builder.check(unit, direction, place);
        if (Double.isNaN(run.value())) {
            notes.add(place + ": " + benchmark + " is NaN in run " + run.label() + " and left out: run it again");
        } else {
            builder.add(run);
        }
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
