package dev.infermark.report.blog;

import dev.infermark.base.NumberKind;
import dev.infermark.hardware.Announcement;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.Figure;
import dev.infermark.hardware.Instance;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Section;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import dev.infermark.validate.blog.BlogClaims;
import dev.infermark.validate.blog.BlogClaims.Claim;
import dev.infermark.validate.blog.BlogSetup;
import dev.infermark.validate.blog.HeldOutBlog;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What the post claims in its text, and what stands against it here. */
public final class ClaimsSection {
    private static final String NOT_MODELLED = "not modelled: the post names no instance to compare with";

    private ClaimsSection() {}

    /** What Infermark says of a claim, and how it came to it. */
    private record Beside(String words, Optional<NumberKind> kind) {
        Beside(String words, NumberKind kind) {
            this(words, Optional.of(kind));
        }
    }

    /** The section. */
    public static Section of(List<HeldOutBlog.Answer> answers, Catalog catalog) {
        List<Column> columns = List.of(
                Column.plain("claim", "Claim"),
                Column.result("published", "Post", "", NumberKind.PUBLISHED),
                Column.plain("against", "Over"),
                Column.plain("beside", "Infermark"),
                Column.plain("kind", "Kind"),
                Column.plain("quote", "Quote"));
        Table claims = new Table(columns, BlogClaims.all().stream()
                .map(claim -> line(claim, answers, catalog))
                .toList());
        Table setup = new Table(
                List.of(Column.plain("fact", "Fact"), Column.plain("value", "Value"), Column.plain("kind", "Kind"),
                        Column.plain("source", "Source in the post")),
                BlogSetup.facts().stream()
                        .map(fact -> List.of(Cell.of(fact.name()), Cell.of(fact.value()),
                                Cell.of(fact.kind().label()), Cell.of(fact.source())))
                        .toList());
        return Section.detail("claims", "What else the post claims, and how it measured", List.of(
                new Block.Grid("claims", "Claims of the post", claims),
                new Block.Grid("features", "Features of both SDKs, and what is modelled", FeatureTable.table()),
                new Block.Grid("blog-setup", "How the post measured its table", setup)));
    }

    private static List<Cell> line(Claim claim, List<HeldOutBlog.Answer> answers, Catalog catalog) {
        Beside beside = beside(claim.subject(), answers, catalog);
        return List.of(
                Cell.of(claim.subject().title()),
                Cell.of(claim.printed()),
                Cell.of(claim.against()),
                Cell.of(beside.words()),
                beside.kind().<Cell>map(kind -> Cell.of(kind.label())).orElseGet(() -> new Cell.Missing("-")),
                Cell.of(claim.quote()));
    }

    private static Beside beside(BlogClaims.Subject subject, List<HeldOutBlog.Answer> answers, Catalog catalog) {
        return switch (subject) {
            case THROUGHPUT, LATENCY -> {
                List<Double> ratios =
                        BlogWorkload.of(answers).stream().map(BlogWorkload::modelledRatio).sorted().toList();
                yield new Beside(
                        String.format(Locale.ROOT, "%.1fx to %.1fx in the table's workloads, one client",
                                ratios.getFirst(), ratios.getLast()),
                        NumberKind.MODELLED);
            }
            case MEMORY_CAPACITY -> derived(catalog, chip -> announced(chip).memoryCapacity().base());
            case MEMORY_BANDWIDTH -> derived(catalog, chip -> announced(chip).memoryBandwidth().base());
            case INSTANCE_MEMORY -> {
                Instance instance = catalog.instance("inf2.48xlarge");
                Figure chip = announced(instance.chip()).memoryCapacity();
                yield new Beside(
                        String.format(Locale.ROOT, "%d chips x %.0f %s = %.0f %s", instance.chipCount(), chip.value(),
                                chip.unit().symbol(), instance.chipCount() * chip.value(), chip.unit().symbol()),
                        NumberKind.DERIVED);
            }
            case INF1_THROUGHPUT, INF1_COST -> new Beside(NOT_MODELLED, Optional.empty());
            case PERFORMANCE_PER_WATT -> new Beside(
                    "not modelled: no power of a chip is documented", Optional.empty());
        };
    }

    private static Beside derived(Catalog catalog, ToDoubleFunction<Chip> quantity) {
        double ratio = quantity.applyAsDouble(catalog.chip("inferentia2"))
                / quantity.applyAsDouble(catalog.chip("inferentia1"));
        return new Beside(TableFormat.forPeople(new Cell.Quantity(ratio, 3)) + "x", NumberKind.DERIVED);
    }

    private static Announcement announced(Chip chip) {
        return chip.announcement().orElseThrow();
    }
}
