package dev.infermark.cli;

import dev.infermark.bench.BenchmarkPlan;
import dev.infermark.bench.Publication;
import dev.infermark.bench.RunFolder;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark publish}: makes a finished run the committed baseline. */
@Command(
        name = "publish",
        description = "Copy a finished run into results/ as the committed baseline, and its report into reports/.",
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
        new Publication(new RunFolder(run), report, project)
                .publish(waivers, BenchmarkPlan.matching(BenchmarkPlan.ALL))
                .forEach(file -> spec.commandLine().getOut().println("published " + file.normalize()));
    }
}
