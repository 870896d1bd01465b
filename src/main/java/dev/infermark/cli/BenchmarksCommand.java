package dev.infermark.cli;

import dev.infermark.bench.OperatorExample;
import dev.infermark.kernel.gpsimd.CustomOperators;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.Main;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code infermark benchmarks}: JMH's own command line, whose options it takes unchanged. */
@Command(name = "benchmarks", description = "Runs JMH itself with its own options; -h lists them.")
final class BenchmarksCommand implements Callable<Integer> {
    @Parameters(paramLabel = "JMH-OPTION", description = "Passed to JMH as it stands.")
    private List<String> arguments = new ArrayList<>();

    /** None of JMH's options is known here, so whatever follows the command's name is passed on. */
    static CommandLine create() {
        return new CommandLine(new BenchmarksCommand())
                .setUnmatchedOptionsArePositionalParams(true)
                .setStopAtPositional(true);
    }

    /** Every registered custom operator is a choice of the parameter, unless the user chooses. */
    private List<String> withOperators() {
        String choice = OperatorExample.PARAMETER + "=";
        if (arguments.stream().anyMatch(argument -> argument.startsWith(choice))) {
            return arguments;
        }
        List<String> more = new ArrayList<>(arguments);
        more.add("-p");
        more.add(choice + String.join(",", OperatorExample.parameters(CustomOperators.registered())));
        return more;
    }

    @Override
    public Integer call() throws IOException {
        Main.main(withOperators().toArray(String[]::new));
        return 0;
    }
}
