package dev.infermark.cli;

import dev.infermark.base.SafeFiles;
import dev.infermark.report.runtime.TailReport;
import dev.infermark.validate.accuracy.TailFit;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.scenario.Subject;
import dev.infermark.validate.scenario.Subjects;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark tails}: published 99th percentiles over their medians, by class. */
@Command(
        mixinStandardHelpOptions = true,
        name = "tails",
        description = "Prints how far published 99th percentiles lie above medians, and how well that is foreseen from "
                + "other families.")
final class TailsCommand implements Runnable {
    @Option(names = "--out", paramLabel = "FILE", description = "Write the spreads as JSON, as predictions read them.")
    private @Nullable Path out;

    @Mixin
    private MeasurementsOption measurements = new MeasurementsOption();

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (out != null) {
            SafeFiles.requireWritable(out);
        }
        List<Measurement> rows = measurements.rows();
        Progress progress = new Progress(spec.commandLine().getErr(), "rows read", rows.size());
        List<Subject> subjects =
                Subjects.of(rows, hardware.catalog(), progress::step).accepted();
        TailFit fit = TailFit.of(subjects, parameters.quoter());
        if (out != null) {
            SafeFiles.write(out, fit.tails().json());
        }
        spec.commandLine().getOut().print(format.write(TailReport.table(fit.errors())));
    }
}
