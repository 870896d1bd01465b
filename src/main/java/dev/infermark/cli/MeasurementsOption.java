package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.measurement.MeasurementFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The measurements that a command works on: a user's file, or the published ones. */
final class MeasurementsOption {
    @Option(
            names = "--measurements",
            paramLabel = "FILE",
            description = "CSV file of measurements (default: the published ones that come with this release).")
    private @Nullable Path file;

    List<Measurement> rows() {
        return file == null ? MeasurementFile.builtIn() : MeasurementFile.read(file);
    }

    /** Whether the measurements come from this file. */
    boolean isReadFrom(Path other) {
        try {
            return file != null && Files.exists(file) && Files.exists(other) && Files.isSameFile(file, other);
        } catch (IOException e) {
            throw new UserError("cannot read " + other + ": " + e.getMessage() + "; name another file", e);
        }
    }
}
