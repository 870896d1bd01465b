package dev.infermark.cli;

import dev.infermark.bench.result.RunFolder;
import dev.infermark.compare.KernelComparison;
import dev.infermark.deploy.Quoter;
import dev.infermark.hardware.Catalog;
import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.report.Report;
import dev.infermark.report.kernels.MeasuredRun;
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
    @Option(
            names = "--run",
            defaultValue = "results/run",
            description = "Folder of the benchmark run (default: ${DEFAULT-VALUE}).")
    private Path run = Path.of("results/run");

    @Option(
            names = "--baseline",
            defaultValue = "results",
            description = "Folder of the committed baseline, shown where there is no run (default: ${DEFAULT-VALUE}).")
    private Path baseline = Path.of("results");

    @Option(
            names = "--out",
            defaultValue = "reports/run",
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
                        catalog,
                        calibrations,
                        baseline.resolve("accuracy.csv"),
                        LocalDate.now(ZoneOffset.UTC))
                .write(folder);
        spec.commandLine().getOut().println("open " + page);
    }
}
