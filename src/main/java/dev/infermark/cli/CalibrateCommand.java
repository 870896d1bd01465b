package dev.infermark.cli;

import dev.infermark.base.Counted;
import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.hardware.Catalog;
import dev.infermark.report.generation.GenerationAccuracyReport;
import dev.infermark.report.validation.CalibrationReport;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.accuracy.CrossValidation;
import dev.infermark.validate.accuracy.LeaveOut;
import dev.infermark.validate.accuracy.UnseenErrors;
import dev.infermark.validate.calibrate.CalibrationSet;
import dev.infermark.validate.calibrate.Calibrator;
import dev.infermark.validate.calibrate.Fit;
import dev.infermark.validate.calibrate.Parameters;
import dev.infermark.validate.generate.GenerationAnswer;
import dev.infermark.validate.generate.GenerationFit;
import dev.infermark.validate.generate.GenerationIntervals;
import dev.infermark.validate.generate.GenerationSubject;
import dev.infermark.validate.generate.GenerationSubjects;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.scenario.Answer;
import dev.infermark.validate.scenario.Subject;
import dev.infermark.validate.scenario.Subjects;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark calibrate}: fits what is not documented to measurements. */
@Command(
        mixinStandardHelpOptions = true,
        name = "calibrate",
        description = "Fits the parameters that are not documented to measurements; the blog's rows are never used.")
final class CalibrateCommand implements Runnable {
    @Option(names = "--out", paramLabel = "FILE", description = "Write the parameters, for --params.")
    private @Nullable Path out;

    @Option(
            names = "--intervals-out",
            paramLabel = "FILE",
            description = "Also write how wide 90 %% intervals are when each family is left out, for --intervals.")
    private @Nullable Path intervalsOut;

    @Option(
            names = "--generation-out",
            paramLabel = "FILE",
            description = "Fit the parameters of text generation alone, and write them.")
    private @Nullable Path generationOut;

    @Option(
            names = "--generation-intervals-out",
            paramLabel = "FILE",
            description = "Also write how wide their 90 %% intervals are when each model is left out.")
    private @Nullable Path generationIntervalsOut;

    @Option(
            names = "--device",
            paramLabel = "NAME",
            description = "Fit only what measurements of this device inform: inf1 or inf2 (default: both).")
    private @Nullable String device;

    @Mixin
    private MeasurementsOption measurements = new MeasurementsOption();

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (device != null && !Set.of("inf1", "inf2").contains(device.toLowerCase(Locale.ROOT))) {
            throw new UserError("--device " + device + " has nothing to fit; use inf1 or inf2");
        }
        Stream.of(out, intervalsOut, generationOut, generationIntervalsOut)
                .filter(Objects::nonNull)
                .forEach(SafeFiles::requireWritable);
        Consumer<String> progress = spec.commandLine().getErr()::println;
        Catalog catalog = hardware.catalog();
        if (generationOut != null) {
            calibrateGeneration(generationOut, usable(measurements.rows(), progress), catalog, progress);
            return;
        }
        List<Subject> subjects = Subjects.of(usable(measurements.rows(), progress), catalog).accepted();
        requireRows(subjects.size());
        Parameters parameters = Parameters.builtIn();
        Calibrations start = Calibrations.builtIn();
        Fit fit = new Calibrator(parameters, progress)
                .fit(CalibrationSet.of(subjects, start), parameters.start(start));
        if (out != null) {
            SafeFiles.write(out, fit.calibrations().json());
        }
        if (intervalsOut != null) {
            List<Answer> unseen = new CrossValidation(parameters, fit.calibrations(), progress)
                    .run(LeaveOut.FAMILY, subjects);
            SafeFiles.write(intervalsOut, UnseenErrors.intervals(unseen).json());
        }
        spec.commandLine().getOut().print(format.write(CalibrationReport.table(fit)));
    }

    private void calibrateGeneration(
            Path file, List<Measurement> rows, Catalog catalog, Consumer<String> progress) {
        List<GenerationSubject> subjects = GenerationSubjects.of(rows, catalog).accepted();
        Calibrations calibrations = Calibrations.builtIn();
        requireRows(subjects.size());
        progress.accept("fitting text generation to " + Counted.of(subjects.size(), "row"));
        GenerationCalibration fitted = new GenerationFit(calibrations).fit(subjects);
        SafeFiles.write(file, fitted.json());
        if (generationIntervalsOut != null) {
            List<GenerationAnswer> unseen = GenerationAnswer.leavingModelsOut(
                    subjects.stream().filter(GenerationSubject::isTrusted).toList(), calibrations, progress);
            SafeFiles.write(generationIntervalsOut, GenerationIntervals.of(unseen).json());
        }
        spec.commandLine().getOut().print(format.write(GenerationAccuracyReport.parameters(fitted)));
    }

    private static void requireRows(int count) {
        if (count == 0) {
            throw new UserError("no row of the measurements can be fitted to;"
                    + " 'infermark validate --measurements FILE --out ROWS' says why of each");
        }
    }

    private List<Measurement> usable(List<Measurement> rows, Consumer<String> progress) {
        long heldOut = rows.stream().filter(row -> row.origin().isHeldOut()).count();
        if (heldOut > 0) {
            progress.accept("left out: " + heldOut + " rows of the blog's table, the held-out test");
        }
        return rows.stream()
                .filter(row -> !row.origin().isHeldOut())
                .filter(row -> device == null || row.setup().device().equalsIgnoreCase(device))
                .toList();
    }
}
