package dev.infermark.cli;

import dev.infermark.hardware.Catalog;
import dev.infermark.report.table.TableFormat;
import dev.infermark.report.validation.DeviceReport;
import dev.infermark.report.validation.MicroReport;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.device.DeviceProfiles;
import dev.infermark.validate.micro.MicroMeasurements;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark micro}: the vendor's timings of single kernels. */
@Command(
        mixinStandardHelpOptions = true,
        name = "micro",
        description = "Prints published timings of single kernels beside what the instruction costs predict, or "
                + "profiles of language models without their host beside the core model.")
final class MicroCommand implements Runnable {
    @Option(names = "--models", description = "Compare profiles of language models instead of kernels.")
    private boolean models;

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        if (models) {
            List<DeviceProfiles.Answer> profiles = DeviceProfiles.take(Catalog.builtIn(), Calibrations.builtIn());
            out.print(format.write(DeviceReport.table(profiles)));
            if (format.format == TableFormat.TABLE) {
                out.print("\n" + DeviceReport.summary(profiles) + "\n");
            }
            return;
        }
        List<MicroMeasurements.Answer> answers = MicroMeasurements.take(Catalog.builtIn());
        out.print(format.write(MicroReport.table(answers)));
        if (format.format == TableFormat.TABLE) {
            out.print("\n" + MicroReport.summary(answers) + "\n");
        }
    }
}
