package dev.infermark.cli;

import dev.infermark.bench.result.RunFolder;
import dev.infermark.bench.run.BenchmarkPlan;
import dev.infermark.bench.run.Publication;
import dev.infermark.kernel.gpsimd.CustomOperators;
import java.io.PrintWriter;
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
        description = "Copies a finished run into results/ as the committed baseline.",
        mixinStandardHelpOptions = true)
final class PublishCommand implements Runnable {
    @Option(
            names = "--run",
            defaultValue = "results/run",
            paramLabel = "FOLDER",
            description = "Folder of the run (default: ${DEFAULT-VALUE}).")
    private Path run = Path.of("results/run");

    @Option(
            names = "--project",
            defaultValue = ".",
            paramLabel = "FOLDER",
            description = "Folder that holds results/ (default: ${DEFAULT-VALUE}).")
    private Path project = Path.of(".");

    @Option(
            names = "--allow",
            split = ",",
            paramLabel = "FAULT",
            description = "Publish in spite of a fault of the run: ${COMPLETION-CANDIDATES}.")
    private Set<Publication.Waiver> waivers = EnumSet.noneOf(Publication.Waiver.class);

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        new Publication(new RunFolder(run), project)
                .publish(waivers, BenchmarkPlan.matching(BenchmarkPlan.ALL, CustomOperators.registered()))
                .forEach(file -> out.println("published " + file.normalize()));
    }
}
