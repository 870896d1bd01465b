package dev.infermark.hardware;

import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.hardware.PriceBook.Basis;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Prices as CSV: columns {@code instance,date,usd_per_hour}, and where they are known {@code book}, {@code basis},
 * {@code region} and {@code source}. A book has one basis and one region.
 */
public final class PriceFile {
    private static final List<String> COLUMNS = List.of("instance", "date", "usd_per_hour");

    private final String name;
    private final List<CsvRow> rows;

    private PriceFile(String name, List<CsvRow> rows) {
        this.name = name;
        this.rows = rows;
    }

    /**
     * The book in a user's file, named as the file is where no column names it; refuses a broken file with its line.
     */
    public static PriceBook read(Path file) {
        PriceFile prices = new PriceFile(file.toString(), CsvReader.rows(file, COLUMNS));
        if (prices.rows.isEmpty()) {
            throw new UserError(file + " has no price; add a row with " + String.join(",", COLUMNS));
        }
        return prices.book(
                prices.only(prices.rows, "book").orElse(String.valueOf(file.getFileName())), prices.rows);
    }

    /** All books in a text. */
    static List<PriceBook> books(String name, String text) {
        List<CsvRow> rows = CsvReader.rows(name, text, COLUMNS);
        Map<String, List<CsvRow>> byBook = rows.stream()
                .collect(Collectors.groupingBy(row -> row.required("book"), LinkedHashMap::new, Collectors.toList()));
        PriceFile prices = new PriceFile(name, rows);
        return byBook.entrySet().stream()
                .map(book -> prices.book(book.getKey(), book.getValue()))
                .toList();
    }

    private PriceBook book(String title, List<CsvRow> ofBook) {
        return new PriceBook(
                title,
                only(ofBook, "basis").map(Basis::ofLabel).orElse(Basis.ON_DEMAND),
                only(ofBook, "region").orElse("not stated"),
                ofBook.stream().map(this::price).toList());
    }

    private Price price(CsvRow row) {
        try {
            return new Price(
                    row.required("instance"),
                    row.required("date"),
                    new Figure(
                            row.requiredNumber("usd_per_hour"),
                            Unit.DOLLAR_PER_HOUR,
                            FigureKind.DOCUMENTED,
                            row.get("source").orElse(name)));
        } catch (UserError e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(name) ? e : new UserError(row.place() + ": " + message, e);
        }
    }

    private Optional<String> only(List<CsvRow> ofBook, String column) {
        Set<String> values =
                ofBook.stream().flatMap(row -> row.get(column).stream()).collect(Collectors.toSet());
        if (values.size() > 1) {
            throw new UserError(name + " has prices of several kinds of " + column + ", "
                    + String.join(", ", values.stream().sorted().toList()) + "; keep one in each file");
        }
        return values.stream().findFirst();
    }
}
