package dev.infermark.cli;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Runs the short commands once while the build records which classes they need, so that they start faster. */
public final class StartupTraining {
    private static final List<String> COMMANDS = List.of(
            "",
            "--version",
            "predict --help",
            "predict --model bert-large-uncased",
            "predict --model bert-base-uncased --instance inf1.xlarge,inf2.xlarge --format csv",
            "predict --model resnet50 --layers --format json",
            "plan bert-base-uncased --latency-p99 20ms --throughput 1000/s",
            "plan llama-3-8b --isl 128 --osl 128 --goodput tpot:50 --front",
            "explain resnet50 --instance inf1.xlarge",
            "inspect bert-base-uncased",
            "models",
            "hardware",
            "blog",
            "micro");

    private StartupTraining() {}

    /** Fails when one of the commands does; ends as commands do. */
    public static void main(String[] arguments) {
        PrintWriter nowhere = new PrintWriter(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        for (String command : COMMANDS) {
            int status = Infermark.run(nowhere, err, command.isEmpty() ? new String[0] : command.split(" ", -1));
            if (status != 0) {
                throw new IllegalStateException("'" + command + "' ends with status " + status);
            }
        }
        System.exit(0);
    }
}
