package dev.infermark.cli;

import dev.infermark.hardware.Catalog;
import dev.infermark.report.table.TableFormat;
import dev.infermark.report.validation.MicroReport;
import dev.infermark.validate.micro.MicroMeasurements;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code infermark micro}: the vendor's timings of single kernels. */
@Command(
        mixinStandardHelpOptions = true,
        name = "micro",
        description = "Prints published timings of single kernels beside what the instruction costs predict.")
final class MicroCommand implements Runnable {
    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        List<MicroMeasurements.Answer> answers = MicroMeasurements.take(Catalog.builtIn());
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.write(MicroReport.table(answers)));
        if (format.format == TableFormat.TABLE) {
            out.print("\n" + MicroReport.summary(answers) + "\n");
        }
    }
}
