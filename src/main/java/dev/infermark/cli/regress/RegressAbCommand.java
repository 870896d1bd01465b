package dev.infermark.cli.regress;

import dev.infermark.base.UserError;
import dev.infermark.regress.ab.AbOrder.Build;
import dev.infermark.regress.ab.AbSession;
import dev.infermark.regress.ab.ProcessLauncher;
import dev.infermark.regress.verdict.GateRule;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code infermark regress ab}: measure two builds in turns on this machine, then compare them. */
@Command(
        name = "ab",
        description = "Runs the forks of two JMH jars in turns (A B B A) on this machine and compares them; a fixed"
                + " piece of work between forks tells how far the machine drifted.",
        mixinStandardHelpOptions = true)
final class RegressAbCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(names = "--baseline-jar", required = true, paramLabel = "JAR", description = "JMH jar before the change.")
    private Path baseline = Path.of("");

    @Option(names = "--candidate-jar", required = true, paramLabel = "JAR", description = "JMH jar after the change.")
    private Path candidate = Path.of("");

    @Option(
            names = "--forks",
            defaultValue = "5",
            paramLabel = "N",
            description = "Forks of each build (default: ${DEFAULT-VALUE}).")
    private int forks;

    @Option(
            names = "--out",
            defaultValue = "results/run/ab",
            paramLabel = "FOLDER",
            description = "Folder for JMH's results and logs (default: ${DEFAULT-VALUE}).")
    private Path folder = Path.of("");

    @Mixin
    private RegressGateOptions options = new RegressGateOptions();

    @Parameters(paramLabel = "JMH", description = "After --: JMH's own options and patterns, such as -wi 5 Matmul.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() throws Exception {
        return RegressStatus.of(spec.commandLine().getErr(), this::run);
    }

    private RegressStatus run() {
        if (forks < 2) {
            throw new UserError(
                    "--forks " + forks + ": one fork shows no spread between runs; give at least 2, better 5");
        }
        GateRule rule = options.rule();
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        ProcessLauncher launcher = new ProcessLauncher(
                Map.of(Build.BASELINE, baseline, Build.CANDIDATE, candidate), arguments, folder);
        AbSession session = AbSession.run(launcher, forks, err::println);
        RegressStatus status = options.compare(session.side(Build.BASELINE), session.side(Build.CANDIDATE), out, err);
        boolean biased = Math.abs(session.bias()) > rule.threshold() / 2;
        err.printf(
                Locale.ROOT,
                "machine: the fixed work took %+.1f %% before the candidate's forks against the baseline's; slowest"
                        + " against fastest %+.1f %%%s%n",
                100 * session.bias(),
                100 * session.range(),
                biased ? ": too much to tell the builds apart; repeat on a quieter machine" : "");
        return biased ? RegressStatus.CANNOT_TELL : status;
    }
}
