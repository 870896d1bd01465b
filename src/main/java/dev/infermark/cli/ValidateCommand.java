package dev.infermark.cli;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.deploy.uncertainty.Intervals;
import dev.infermark.lower.SdkVersion;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import dev.infermark.report.validation.ValidationPlots;
import dev.infermark.report.validation.ValidationReport;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.accuracy.CrossValidation;
import dev.infermark.validate.accuracy.LeaveOut;
import dev.infermark.validate.accuracy.Validation;
import dev.infermark.validate.calibrate.Parameters;
import dev.infermark.validate.generate.GenerationAnswer;
import dev.infermark.validate.generate.GenerationIntervals;
import dev.infermark.validate.generate.GenerationSubjects;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.scenario.Answer;
import dev.infermark.validate.scenario.Subjects;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark validate}: every row of a table of measurements, predicted or refused. */
@Command(
        mixinStandardHelpOptions = true,
        name = "validate",
        description = "Predicts every row of a table of measurements and prints the errors.")
final class ValidateCommand implements Runnable {
    private static final String SCATTER = "published-modelled.png";
    private static final String FAMILIES = "error-by-family.png";

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Write a line per row: predicted with its 90 %% interval, or refused with the reason.")
    private @Nullable Path out;

    @Option(
            names = "--leave-out",
            paramLabel = "GROUP",
            description = "Predict each group by parameters fitted to all others: ${COMPLETION-CANDIDATES}.")
    private @Nullable LeaveOut leaveOut;

    @Option(
            names = "--sdk-min",
            paramLabel = "VERSION",
            description = "Print errors of rows from this Neuron SDK on; rows without a version are left out then.")
    private @Nullable String earliest;

    @Option(names = "--plots", paramLabel = "FOLDER", description = "Write the plots into this folder.")
    private @Nullable Path plots;

    @Mixin
    private MeasurementsOption measurements = new MeasurementsOption();

    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        checkOutputs();
        Optional<SdkVersion> first = Optional.ofNullable(earliest).map(SdkVersion::parse);
        Intervals intervals = parameters.intervals();
        List<Measurement> rows = measurements.rows();
        PrintWriter err = spec.commandLine().getErr();
        Progress progress = new Progress(err, "rows predicted", rows.size());
        Subjects subjects = Subjects.of(rows, hardware.catalog(), progress::step);
        Calibrations calibrations = parameters.calibrations();
        Validation validation = leaveOut == null
                ? Validation.of(rows, subjects, calibrations)
                : Validation.leaving(
                        leaveOut,
                        rows,
                        subjects,
                        new CrossValidation(Parameters.builtIn(), calibrations, err::println));
        GenerationSubjects generation = GenerationSubjects.of(rows, hardware.catalog());
        List<GenerationAnswer> generated = leaveOut == null
                ? GenerationAnswer.of(generation.accepted(), calibrations, GenerationCalibration.builtIn())
                : GenerationAnswer.leavingModelsOut(generation.accepted(), calibrations, err::println);
        validation = validation.withReasons(generation);
        if (out != null) {
            SafeFiles.write(
                    out,
                    TableFormat.CSV.write(ValidationReport.rows(
                            validation, intervals, generated, GenerationIntervals.builtIn())));
        }
        if (validation.answers().isEmpty() && generated.isEmpty()) {
            throw nothingPredicted(validation);
        }
        List<Answer> trusted = recent(first, validation.trusted());
        if (plots != null) {
            SafeFiles.write(plots.resolve(SCATTER), ValidationPlots.publishedAgainstModelled(trusted));
            SafeFiles.write(plots.resolve(FAMILIES), ValidationPlots.errorsByFamily(trusted));
        }
        print("Errors of rows of quality ok", ValidationReport.errors(trusted));
        if (format.isForPeople()) {
            List<Answer> suspect = recent(first, validation.suspect());
            if (!suspect.isEmpty()) {
                print("Errors of suspect rows", ValidationReport.errors(suspect));
            }
            List<GenerationAnswer> trustedText =
                    generated.stream().filter(each -> each.subject().isTrusted()).toList();
            if (!trustedText.isEmpty()) {
                print("Errors of text generation, rows of quality ok", ValidationReport.generationErrors(trustedText));
            }
            print("Coverage", ValidationReport.coverage(validation, generated));
        }
    }

    /** Refuses before any row is predicted what could not be written after all are. */
    private void checkOutputs() {
        if (out != null) {
            if (measurements.isReadFrom(out)) {
                throw new UserError("--out " + out + " would overwrite the measurements; name another file");
            }
            SafeFiles.requireWritable(out);
        }
        if (plots != null) {
            SafeFiles.requireWritable(plots.resolve(SCATTER));
            SafeFiles.requireWritable(plots.resolve(FAMILIES));
        }
    }

    private static UserError nothingPredicted(Validation validation) {
        int rows = validation.rows().size();
        return new UserError(validation.refused().stream()
                .findFirst()
                .map(refused -> "none of the " + rows + " rows can be predicted; the first ("
                        + refused.measurement().id() + "): " + refused.reason())
                .orElse("the table of measurements has no rows; fill it in"));
    }

    private static List<Answer> recent(Optional<SdkVersion> first, List<Answer> answers) {
        return answers.stream()
                .filter(answer -> first.isEmpty()
                        || answer.measurement().setup().sdk().filter(sdk -> sdk.isAtLeast(first.get())).isPresent())
                .toList();
    }

    /** A table with a title where people read it; a file for machines holds one table and no title. */
    private void print(String title, Table table) {
        PrintWriter writer = spec.commandLine().getOut();
        switch (format.format) {
            case TABLE -> writer.println(title);
            case MARKDOWN -> writer.println("**" + title + "**\n");
            case CSV, JSON, NEURONPERF -> { }
        }
        writer.print(format.write(table));
        if (format.isForPeople()) {
            writer.println();
        }
    }
}
