package dev.infermark.cli;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.hardware.Catalog;
import dev.infermark.report.generation.GenerationAccuracyReport;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import dev.infermark.report.validation.AccuracyFiles;
import dev.infermark.report.validation.AccuracyReport;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.accuracy.Accuracy;
import dev.infermark.validate.accuracy.AccuracyCheck;
import dev.infermark.validate.generate.GenerationAccuracy;
import dev.infermark.validate.generate.GenerationSubjects;
import dev.infermark.validate.measurement.MeasurementFile;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark accuracy}: how well each class is predicted when its families are left out of the fit. */
@Command(
        mixinStandardHelpOptions = true,
        name = "accuracy",
        description = "Prints how well each class of published measurements is predicted by fits that left its family "
                + "out, beside the goals.")
final class AccuracyCommand implements Callable<Integer> {
    @Option(names = "--out", paramLabel = "FILE", description = "Write the table as CSV.")
    private @Nullable Path out;

    @Option(
            names = "--results",
            paramLabel = "FOLDER",
            description = "Write the table, every configuration and this version's lines of the history into this "
                    + "folder, for the page of the report.")
    private @Nullable Path results;

    @Option(
            names = "--model-version",
            paramLabel = "VERSION",
            description = "The version in the history (default: this program's).")
    private @Nullable String modelVersion;

    @Option(
            names = "--check",
            paramLabel = "FILE",
            description = "Compare with this table and exit with status 1 when a mean error has risen by more than "
                    + AccuracyCheck.MEAN_TOLERANCE + " points, a worst error by more than "
                    + AccuracyCheck.WORST_TOLERANCE + ", or a rank correlation fallen by more than "
                    + AccuracyCheck.SPEARMAN_TOLERANCE + ".")
    private @Nullable Path committed;

    @Option(
            names = "--generation",
            description = "Measure text generation alone, which takes seconds; --out writes its table.")
    private boolean isGeneration;

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        // Said before the fits, which take a minute.
        Optional<AccuracyCheck> check = Optional.ofNullable(committed).map(AccuracyCheck::read);
        if (out != null) {
            SafeFiles.requireWritable(out);
        }
        if (results != null) {
            SafeFiles.requireWritable(results.resolve(AccuracyFiles.CLASSES));
            version();
        }
        PrintWriter err = spec.commandLine().getErr();
        if (isGeneration) {
            return generation(err);
        }
        Accuracy accuracy = Accuracy.measure(Calibrations.builtIn(), Catalog.builtIn(), err::println);
        List<String> losses = check.map(table -> table.losses(accuracy)).orElse(List.of());
        Table table = AccuracyReport.table(accuracy);
        if (out != null) {
            SafeFiles.write(out, TableFormat.CSV.write(table));
        }
        if (results != null) {
            write(results, accuracy, table);
        }
        spec.commandLine().getOut().print(format.write(table));
        losses.forEach(loss -> err.println("infermark: less accurate than " + committed + ": " + loss));
        return losses.isEmpty() ? ExitCode.OK : ExitCode.SOFTWARE;
    }

    private void write(Path folder, Accuracy accuracy, Table table) {
        Path history = folder.resolve(AccuracyFiles.HISTORY);
        String today = LocalDate.now(ZoneOffset.UTC).toString();
        String all = TableFormat.CSV.write(
                AccuracyFiles.history(history, accuracy, version(), today));
        SafeFiles.write(folder.resolve(AccuracyFiles.CLASSES), TableFormat.CSV.write(table));
        SafeFiles.write(
                folder.resolve(AccuracyFiles.CONFIGURATIONS),
                TableFormat.CSV.write(AccuracyFiles.configurations(accuracy)));
        SafeFiles.write(history, all);
    }

    private String version() {
        return Optional.ofNullable(modelVersion)
                .or(Infermark::release)
                .orElseThrow(() -> new UserError("this program was not packaged, so that it has no version; give"
                        + " --model-version"));
    }

    private int generation(PrintWriter err) {
        GenerationAccuracy accuracy = GenerationAccuracy.measure(
                GenerationSubjects.of(MeasurementFile.builtIn(), Catalog.builtIn()).accepted(),
                Calibrations.builtIn(),
                GenerationCalibration.builtIn(),
                err::println);
        Table table = GenerationAccuracyReport.table(accuracy);
        if (out != null) {
            SafeFiles.write(out, TableFormat.CSV.write(table));
        }
        spec.commandLine().getOut().print(format.write(table));
        return ExitCode.OK;
    }
}
