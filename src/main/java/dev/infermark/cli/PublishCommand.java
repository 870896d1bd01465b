package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.bench.result.RunFolder;
import dev.infermark.bench.run.BenchmarkPlan;
import dev.infermark.bench.run.Publication;
import dev.infermark.report.Report;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark publish}: makes a finished run the committed baseline. */
@Command(
        name = "publish",
        description = "Copy a finished run into results/ as the committed baseline, and its report into reports/"
                + " in place of the one there.",
        mixinStandardHelpOptions = true)
final class PublishCommand implements Runnable {
    @Option(
            names = "--run",
            defaultValue = "results/run",
            description = "Folder of the run (default: ${DEFAULT-VALUE}).")
    private Path run = Path.of("results/run");

    @Option(
            names = "--report",
            defaultValue = "reports/run",
            description = "Folder of the run's report, left out if absent (default: ${DEFAULT-VALUE}).")
    private Path report = Path.of("reports/run");

    @Option(
            names = "--project",
            defaultValue = ".",
            description = "Folder that holds results/ and reports/ (default: ${DEFAULT-VALUE}).")
    private Path project = Path.of(".");

    @Option(
            names = "--allow",
            split = ",",
            description = "Publish in spite of a fault of the run: ${COMPLETION-CANDIDATES}.")
    private Set<Publication.Waiver> waivers = EnumSet.noneOf(Publication.Waiver.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        boolean hasReport = Files.isDirectory(report);
        if (hasReport && Report.filesIn(report).isEmpty()) {
            throw new UserError(report + " holds no report: run 'infermark report'");
        }
        List<Path> earlier = Report.filesIn(project.resolve("reports"));
        List<Path> written = new Publication(new RunFolder(run), report, project)
                .publish(waivers, BenchmarkPlan.matching(BenchmarkPlan.ALL));
        written.forEach(file -> out.println("published " + file.normalize()));
        if (hasReport) {
            List<Path> stale = earlier.stream().filter(file -> !written.contains(file)).toList();
            Report.remove(stale);
            stale.forEach(file -> out.println("removed " + file.normalize()));
        }
    }
}
