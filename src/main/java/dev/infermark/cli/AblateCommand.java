package dev.infermark.cli;

import dev.infermark.base.SafeFiles;
import dev.infermark.hardware.Catalog;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import dev.infermark.report.validation.AblationReport;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.ablate.Ablation;
import dev.infermark.validate.ablate.Effect;
import dev.infermark.validate.measurement.MeasurementFile;
import dev.infermark.validate.scenario.Subject;
import dev.infermark.validate.scenario.Subjects;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark ablate}: what each effect of the model brings. */
@Command(
        mixinStandardHelpOptions = true,
        name = "ablate",
        description = "Removes each effect of the model, fits the rest again, and prints mean errors by class with "
                + "each family left out.")
final class AblateCommand implements Runnable {
    @Option(names = "--out", paramLabel = "FILE", description = "Write the table as CSV.")
    private @Nullable Path out;

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter err = spec.commandLine().getErr();
        err.println("lowering the networks of the built-in table");
        List<Subject> trusted = Subjects.of(MeasurementFile.builtIn(), Catalog.builtIn()).accepted().stream()
                .filter(subject -> subject.measurement().origin().isTrusted())
                .toList();
        Calibrations from = Calibrations.builtIn();
        Table table = AblationReport.table(Stream.of(Effect.values())
                .map(effect -> Ablation.of(effect, trusted, from, err::println))
                .toList());
        if (out != null) {
            SafeFiles.write(out, TableFormat.CSV.write(table));
        }
        spec.commandLine().getOut().print(format.write(table));
    }
}
