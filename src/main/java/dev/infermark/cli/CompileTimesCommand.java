package dev.infermark.cli;

import dev.infermark.base.SafeFiles;
import dev.infermark.json.JsonRecords;
import dev.infermark.report.runtime.CompileReport;
import dev.infermark.runtime.compiled.CompileTime;
import dev.infermark.validate.startup.CompileTimes;
import dev.infermark.validate.startup.PublishedCompilation;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark compile-times}: published times of the neuronx compiler beside the curve through them. */
@Command(
        mixinStandardHelpOptions = true,
        name = "compile-times",
        description = "Prints how long the Neuron compiler took for published models, and what the curve through all "
                + "others says of each.")
final class CompileTimesCommand implements Runnable {
    @Option(names = "--out", paramLabel = "FILE", description = "Write the curve as JSON, as compile reads it.")
    private @Nullable Path out;

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        List<PublishedCompilation> published = CompileTimes.published();
        CompileTime curve = CompileTimes.fit(published);
        if (out != null) {
            SafeFiles.write(out, JsonRecords.write(curve));
        }
        List<CompileTimes.Foreseen> foreseen = CompileTimes.leaveOneOut(published);
        spec.commandLine().getOut().print(format.write(CompileReport.published(foreseen)));
        if (format.isForPeople()) {
            spec.commandLine()
                    .getOut()
                    .printf(
                            Locale.ROOT,
                            "%n%.0f s · (parameters / 10^9)^%.2f; each foreseen from all others: %.0f %% within a"
                                    + " factor of 2%n",
                            curve.seconds(),
                            curve.exponent(),
                            100 * CompileTimes.shareWithin(2, foreseen));
        }
    }
}
