package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.PriceBook;
import dev.infermark.hardware.PriceFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** What instances cost; the same for every command that prints costs. */
final class PriceOptions {
    private static final String DEFAULT = PriceBook.Basis.ON_DEMAND.label();

    @ArgGroup
    private Chosen chosen = new Chosen();

    /** Where prices come from; one of these. */
    private static final class Chosen {
        @Option(
                names = "--price-basis",
                paramLabel = "BOOK",
                description =
                        "The price book: on-demand, ri-effective, blog, or a CSV of your own, such as one of spot"
                                + " prices (default: on-demand; migrate: each).")
        private @Nullable String name;

        @Option(
                names = "--prices",
                paramLabel = "FILE",
                description = "Prices of your own instead: CSV with the columns instance,date,usd_per_hour.")
        private @Nullable Path file;
    }

    @Option(
            names = "--region",
            paramLabel = "REGION",
            description = "Refuse prices of another region than this one.")
    private @Nullable String region;

    /** The book that was asked for, or else of prices on demand, whose region is the one asked for. */
    PriceBook book(Catalog catalog) {
        return inRegion(
                chosen.file == null
                        ? named(chosen.name == null ? DEFAULT : chosen.name, catalog)
                        : PriceFile.read(chosen.file),
                catalog);
    }

    /** The book that was asked for, or all. */
    List<PriceBook> books(Catalog catalog) {
        return chosen.file == null && chosen.name == null
                ? catalog.priceBooks().stream().map(book -> inRegion(book, catalog)).toList()
                : List.of(book(catalog));
    }

    private PriceBook inRegion(PriceBook book, Catalog catalog) {
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

    private static PriceBook named(String name, Catalog catalog) {
        boolean isKnown = catalog.priceBooks().stream().anyMatch(book -> book.name().equalsIgnoreCase(name));
        if (!isKnown && name.equalsIgnoreCase(PriceBook.Basis.SPOT.label())) {
            throw new UserError("no spot prices come with Infermark, as they change by the hour and no publication has"
                    + " them; give yours with --prices FILE, a CSV with the columns instance,date,usd_per_hour");
        }
        return !isKnown && name.toLowerCase(Locale.ROOT).endsWith(".csv")
                ? PriceFile.read(Path.of(name))
                : catalog.priceBook(name);
    }
}
