package dev.infermark.cli.regress;

import dev.infermark.cli.Progress;
import dev.infermark.regress.select.Side;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark regress gate}: is the candidate slower than the baseline? */
@Command(
        name = "gate",
        description = "Compares JMH results (JSON) of two builds, fork by fork.",
        mixinStandardHelpOptions = true)
final class RegressGateCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--baseline",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Results before the change; several files add their forks together.")
    private List<Path> baseline = List.of();

    @Option(
            names = "--candidate",
            required = true,
            arity = "1..*",
            paramLabel = "FILE",
            description = "Results after the change.")
    private List<Path> candidate = List.of();

    @Mixin
    private RegressGateOptions options = new RegressGateOptions();

    @Override
    public Integer call() throws Exception {
        return RegressStatus.of(spec.commandLine().getErr(), this::run);
    }

    private RegressStatus run() {
        PrintWriter err = spec.commandLine().getErr();
        Progress.reading(err, baseline);
        Side before = Side.read("baseline", baseline);
        Progress.reading(err, candidate);
        Side after = Side.read("candidate", candidate);
        return options.compare(before, after, spec.commandLine().getOut(), err);
    }
}
