package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.PriceBook;
import dev.infermark.hardware.PriceFile;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What instances cost. */
final class PriceOptions {
    @Option(
            names = "--price-basis",
            defaultValue = "on-demand",
            paramLabel = "BOOK",
            description =
                    "The price book: on-demand, ri-effective, blog, or a CSV of your own, such as one of spot prices"
                            + " (default: ${DEFAULT-VALUE}).")
    private String name = "";

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "Prices of your own instead: CSV with the columns instance,date,usd_per_hour.")
    private @Nullable Path file;

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Refuse prices of another region than this one.")
    private @Nullable String region;

    /** The book, whose region is the one asked for. */
    PriceBook book(Catalog catalog) {
        PriceBook book = file == null ? named(catalog) : PriceFile.read(file);
        if (region != null && !book.region().equalsIgnoreCase(region)) {
            throw new UserError("the prices of '" + book.name() + "' hold for " + book.region() + ", not " + region
                    + "; known are "
                    + catalog.priceBooks().stream()
                            .map(each -> each.name() + " in " + each.region())
                            .collect(Collectors.joining(", "))
                    + "; give others with --prices FILE");
        }
        return book;
    }

    private PriceBook named(Catalog catalog) {
        boolean isKnown = catalog.priceBooks().stream().anyMatch(book -> book.name().equalsIgnoreCase(name));
        if (!isKnown && name.equalsIgnoreCase(PriceBook.Basis.SPOT.label())) {
            throw new UserError("no spot prices come with Infermark, as they change by the hour and no publication has"
                    + " them; give yours with --prices FILE, a CSV with the columns instance,date,usd_per_hour");
        }
        return !isKnown && name.endsWith(".csv") ? PriceFile.read(Path.of(name)) : catalog.priceBook(name);
    }
}
