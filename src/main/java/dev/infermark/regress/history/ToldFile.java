package dev.infermark.regress.history;

import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.csv.CsvWriter;
import dev.infermark.regress.history.ToldLog.Event;
import dev.infermark.regress.history.ToldLog.Finding;
import dev.infermark.regress.history.ToldLog.Looked;
import dev.infermark.regress.history.ToldLog.Told;
import dev.infermark.regress.history.ToldLog.Withdrawn;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * The log of what was told as a CSV file, one line per event; it is replaced as a whole, so whoever reads or is killed
 * meanwhile leaves the log before or after.
 */
public final class ToldFile {
    private static final List<String> COLUMNS =
            List.of("event", "newest_run", "runs", "benchmark", "kind", "run", "commit", "change", "told_at", "reason");
    private static final String UNWRITTEN = "; what is told now is not remembered";
    private static final int DIGITS = 6;
    private static final String LOOKED = "looked";
    private static final String TOLD = "told";
    private static final String WITHDRAWN = "withdrawn";

    private final Path file;

    /** A log in a file that need not exist yet. */
    public ToldFile(Path file) {
        this.file = file;
    }

    /** The log beside a history: {@code history-told.csv} beside {@code history.csv}. */
    public static ToldFile beside(Path history) {
        String name = String.valueOf(history.getFileName());
        String stem = name.endsWith(".csv") ? name.substring(0, name.length() - ".csv".length()) : name;
        return new ToldFile(history.resolveSibling(stem + "-told.csv"));
    }

    /** Where the log is. */
    public Path path() {
        return file;
    }

    /** The log, empty where there is no file yet. */
    public ToldLog read() {
        if (!Files.exists(file)) {
            return ToldLog.EMPTY;
        }
        List<Event> events = new ArrayList<>();
        CsvReader.read(file, COLUMNS, row -> events.add(event(row)));
        return new ToldLog(events);
    }

    /**
     * A look in the light of the log, which then holds it; other looks wait meanwhile.
     *
     * @param look makes a look of the log as it is
     * @param notes takes what the user should know: where the log cannot be written, the look counts all the same
     */
    public SuiteLook update(Function<ToldLog, SuiteLook> look, Consumer<String> notes) {
        try (HistoryLock _ = HistoryLock.on(file.toAbsolutePath())) {
            ToldLog before = read();
            SuiteLook after = look.apply(before);
            if (!after.log().equals(before)) {
                write(after.log(), notes);
            }
            return after;
        } catch (IOException e) {
            notes.accept("cannot write " + file + ": " + e.getMessage() + UNWRITTEN);
            return look.apply(read());
        }
    }

    private void write(ToldLog log, Consumer<String> notes) {
        try {
            CsvWriter.write(file, COLUMNS, log.events().stream().map(ToldFile::row).toList());
        } catch (UserError e) {
            notes.accept(e.getMessage() + UNWRITTEN);
        }
    }

    private static List<?> row(Event event) {
        return switch (event) {
            case Looked(Look look) -> List.of(LOOKED, look.newest(), look.runs(), "", "", "", "", "", "", "");
            case Told(String at, Finding f) ->
                    List.of(TOLD, at, "", f.benchmark(), f.kind(), f.run(), f.commit(), digits(f.change()), at, "");
            case Withdrawn(String at, Told(String toldAt, Finding f), String reason) ->
                    List.of(
                        WITHDRAWN,
                        at,
                        "",
                        f.benchmark(),
                        f.kind(),
                        f.run(),
                        f.commit(),
                        digits(f.change()),
                        toldAt,
                        reason);
        };
    }

    private static String digits(double change) {
        return Double.isFinite(change)
                ? new BigDecimal(change).round(new MathContext(DIGITS)).toString()
                : Double.toString(change);
    }

    private static Event event(CsvRow row) {
        if (!row.isEnded() || row.excess() != 0) {
            throw new UserError(row.place() + ": the line is cut, or has fields too many: correct or remove it");
        }
        String at = row.required("newest_run");
        return switch (row.text("event")) {
            case LOOKED -> new Looked(new Look(at, (int) row.requiredNumber("runs")));
            case TOLD -> new Told(at, finding(row));
            case WITHDRAWN -> new Withdrawn(at, new Told(row.required("told_at"), finding(row)), row.text("reason"));
            default ->
                throw new UserError(row.place() + ": the event is '" + row.text("event") + "'; write " + LOOKED + ", "
                        + TOLD + " or " + WITHDRAWN + ", or remove the line");
        };
    }

    private static Finding finding(CsvRow row) {
        return new Finding(
                row.required("benchmark"),
                row.required("kind"),
                row.required("run"),
                row.text("commit"),
                row.requiredNumber("change"));
    }
}
