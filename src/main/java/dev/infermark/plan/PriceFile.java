package dev.infermark.plan;

import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.hardware.Figure;
import dev.infermark.hardware.FigureKind;
import dev.infermark.hardware.Price;
import dev.infermark.hardware.PriceBook;
import dev.infermark.hardware.PriceBook.Basis;
import dev.infermark.hardware.Unit;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A price book of a user: CSV with the columns {@code instance,date,usd_per_hour}, and where they are known {@code
 * basis} and {@code region}, which must then be the same in all rows.
 */
public final class PriceFile {
    private static final List<String> COLUMNS = List.of("instance", "date", "usd_per_hour");

    private PriceFile() {}

    /** The book in a file; refuses a broken one with its line. */
    public static PriceBook read(Path file) {
        List<CsvRow> rows = CsvReader.rows(file, COLUMNS);
        if (rows.isEmpty()) {
            throw new UserError(file + " has no price; add a row with " + String.join(",", COLUMNS));
        }
        return new PriceBook(
                String.valueOf(file.getFileName()),
                only(file, rows, "basis").map(Basis::ofLabel).orElse(Basis.ON_DEMAND),
                only(file, rows, "region").orElse("not stated"),
                rows.stream().map(row -> price(file, row)).toList());
    }

    private static Price price(Path file, CsvRow row) {
        try {
            return new Price(
                    row.required("instance"),
                    row.required("date"),
                    new Figure(
                            row.requiredNumber("usd_per_hour"),
                            Unit.DOLLAR_PER_HOUR,
                            FigureKind.DOCUMENTED,
                            file.toString()));
        } catch (UserError e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(file.toString()) ? e : new UserError(row.place() + ": " + message, e);
        }
    }

    private static Optional<String> only(Path file, List<CsvRow> rows, String column) {
        Set<String> values =
                rows.stream().flatMap(row -> row.get(column).stream()).collect(Collectors.toSet());
        if (values.size() > 1) {
            throw new UserError(file + " has prices of several kinds of " + column + ", "
                    + String.join(", ", values.stream().sorted().toList()) + "; keep one in each file");
        }
        return values.stream().findFirst();
    }
}
