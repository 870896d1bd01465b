package dev.infermark.cli;

import dev.infermark.base.SafeFiles;
import dev.infermark.deploy.Quoter;
import dev.infermark.hardware.Catalog;
import dev.infermark.report.Readme;
import dev.infermark.validate.blog.HeldOutBlog;
import java.nio.file.Path;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code infermark readme}: keeps the computed tables of README.md true; for those who work on the project. */
@Command(
        name = "readme",
        hidden = true,
        description = "Regenerates the computed tables of README.md.",
        mixinStandardHelpOptions = true)
final class ReadmeCommand implements Runnable {
    @Option(
            names = "--file",
            defaultValue = "README.md",
            paramLabel = "FILE",
            description = "The text (default: ${DEFAULT-VALUE}).")
    private Path file = Path.of("README.md");

    @Option(
            names = "--accuracy",
            defaultValue = "results/accuracy.csv",
            paramLabel = "FILE",
            description = "What 'infermark accuracy --out' wrote (default: ${DEFAULT-VALUE}).")
    private Path accuracy = Path.of("results/accuracy.csv");

    @Override
    public void run() {
        var answers =
                HeldOutBlog.take(Catalog.builtIn(), Quoter.builtIn());
        SafeFiles.write(file, Readme.renew(SafeFiles.read(file), answers, accuracy));
    }
}
