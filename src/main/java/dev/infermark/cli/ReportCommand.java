package dev.infermark.cli;

import dev.infermark.bench.result.RunFolder;
import dev.infermark.compare.KernelComparison;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.Tails;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.PriceBook;
import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.lower.CustomSupport;
import dev.infermark.plan.Demand;
import dev.infermark.plan.EncoderSearch;
import dev.infermark.plan.Found;
import dev.infermark.plan.Plan;
import dev.infermark.plan.Ranking;
import dev.infermark.plan.Space;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.report.Report;
import dev.infermark.report.kernels.MeasuredRun;
import dev.infermark.report.plan.PlanSection;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.blog.HeldOutBlog;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark report}: the page to open after a run. */
@Command(
        name = "report",
        description = "Writes the blog's table, kernels, hardware and plots as a page, Markdown, CSV and SVG.",
        mixinStandardHelpOptions = true)
final class ReportCommand implements Runnable {
    private static final String PRICES = "on-demand";

    @Option(
            names = "--run",
            defaultValue = "results/run",
            paramLabel = "FOLDER",
            description = "Folder of the benchmark run (default: ${DEFAULT-VALUE}).")
    private Path run = Path.of("results/run");

    @Option(
            names = "--baseline",
            defaultValue = "results",
            paramLabel = "FOLDER",
            description = "Folder of the committed baseline, shown where there is no run (default: ${DEFAULT-VALUE}).")
    private Path baseline = Path.of("results");

    @Option(
            names = "--out",
            defaultValue = "reports/run",
            paramLabel = "FOLDER",
            description = "Folder to write into (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("reports/run");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        Report.requireWritable(folder);
        PrintWriter err = spec.commandLine().getErr();
        Optional<MeasuredRun> measured = MeasuredRun.find(run, baseline);
        if (!new RunFolder(run).isFinished()) {
            err.println("report: " + run + " holds no finished run, so the page shows "
                    + (measured.isPresent() ? "the committed baseline" : "nothing measured"));
        }
        Catalog catalog = Catalog.builtIn();
        Calibrations calibrations = Calibrations.builtIn();
        err.println("report: predicting the blog's workloads");
        var answers = HeldOutBlog.take(catalog, Quoter.builtIn());
        err.println("report: drawing tables and plots");
        Path page = Report.of(
                        measured,
                        measured.map(found -> KernelComparison.join(
                                        found.results(), catalog, CustomOperators.registered()))
                                .orElse(List.of()),
                        answers,
                        answers.stream()
                                .map(answer -> answer.published().model())
                                .distinct()
                                .sorted()
                                .map(model -> planned(model, catalog))
                                .toList(),
                        catalog,
                        calibrations,
                        baseline,
                        LocalDate.now(ZoneOffset.UTC))
                .write(folder);
        spec.commandLine().getOut().println("open " + page);
    }

    private static PlanSection.Planned planned(String model, Catalog catalog) {
        ModelSource source = Models.find(model);
        PriceBook book = catalog.priceBook(PRICES);
        Found found = new EncoderSearch(
                        Quoter.builtIn(), Tails.builtIn(), book, EncoderSearch.usualPrecisions(source.type()))
                .search(
                        batch -> Network.of(
                                source, Workload.ofBatch(batch).withType(source.type()), CustomSupport.NONE),
                        new Space(
                                catalog.instances().stream()
                                        .filter(each -> each.name().startsWith("inf") && book.has(each.name()))
                                        .toList(),
                                Space.BATCHES,
                                Space.WORKERS));
        return new PlanSection.Planned(
                model, Plan.of(found, List.of(), new Demand.Saturated(), Ranking.COST));
    }
}
