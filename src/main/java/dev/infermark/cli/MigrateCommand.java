package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.uncertainty.Tails;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.plan.EncoderSearch;
import dev.infermark.plan.Found;
import dev.infermark.plan.Migration;
import dev.infermark.plan.Space;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.report.plan.MigrationReport;
import dev.infermark.report.table.TableFormat;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark migrate}: what a newer instance brings for a model. */
@Command(
        mixinStandardHelpOptions = true,
        name = "migrate",
        description = "Compares the best that two instance types can do with a model, in latency, throughput and cost"
                + " on every price book: what Inf2 brings, and whether Inf1 stays cheaper.",
        footerHeading = "%nExample:%n",
        footer = "  infermark migrate bert-base-uncased --from inf1.xlarge")
final class MigrateCommand implements Runnable {
    @Mixin
    private ModelOption model = new ModelOption();

    @Option(names = "--from", required = true, paramLabel = "NAME", description = "The instance type that is used now.")
    private String from = "";

    @Option(
            names = "--to",
            defaultValue = "inf2.xlarge",
            paramLabel = "NAME",
            description = "The instance type to move to (default: ${DEFAULT-VALUE}).")
    private String to = "";

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Mixin
    private PriceOptions prices = new PriceOptions();

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        Catalog catalog = hardware.catalog();
        List<PriceBook> books = prices.books(catalog);
        Space space = new Space(
                List.of(catalog.instance(from), catalog.instance(to)), Space.BATCHES, Space.WORKERS);
        ModelSource source = Models.find(model.name());
        Workload workload = workloadOptions.workload(source);
        CustomSupport custom = UnknownOption.none();
        Found found = new EncoderSearch(
                        parameters.quoter(),
                        Tails.builtIn(),
                        bookOfBoth(books),
                        core -> List.of(Precision.compilerDefault(workload.type(), core)))
                .search(batch -> Network.of(source, workload.withBatch(batch), custom), space);
        Migration migration = Migration.of(from, to, found, books);
        if (format.format == TableFormat.TABLE) {
            spec.commandLine().getOut().print(format.fit(MigrationReport.answer(migration)));
        } else {
            spec.commandLine().getOut().print(format.write(MigrationReport.table(migration)));
        }
    }

    private PriceBook bookOfBoth(List<PriceBook> books) {
        return books.stream()
                .filter(book -> book.has(from) && book.has(to))
                .findFirst()
                .orElseThrow(() -> new UserError("no price book has both " + from + " and " + to
                        + "; give their prices with --prices FILE"));
    }
}
