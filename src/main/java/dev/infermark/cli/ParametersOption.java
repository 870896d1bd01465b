package dev.infermark.cli;

import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.Intervals;
import dev.infermark.simulate.Calibrations;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The fitted parameters that a prediction uses: those of the release, or a user's own. */
final class ParametersOption {
    @Option(
            names = "--params",
            paramLabel = "FILE",
            description = "Fitted parameters, as calibrate writes them (default: those of this release).")
    private @Nullable Path parameters;

    @Option(
            names = "--intervals",
            paramLabel = "FILE",
            description = "Widths of intervals, as calibrate writes them (default: those of this release).")
    private @Nullable Path intervals;

    /** What answers with them. */
    Quoter quoter() {
        return new Quoter(calibrations(), intervals());
    }

    Calibrations calibrations() {
        return parameters == null ? Calibrations.builtIn() : Calibrations.read(parameters);
    }

    Intervals intervals() {
        return intervals == null ? Intervals.builtIn() : Intervals.read(intervals);
    }
}
