package dev.infermark.report.kernels;

import dev.infermark.bench.result.BenchmarkResults;
import dev.infermark.bench.result.KernelCsv;
import dev.infermark.bench.result.RunFolder;
import dev.infermark.jmh.Provenance;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Kernels measured on a host, with where, when and how.
 *
 * @param origin whether the run is the user's own or comes with the project
 * @param results the rows
 * @param provenance where, when and how
 */
public record MeasuredRun(Origin origin, BenchmarkResults results, Provenance provenance) {

    /** Whose measurements they are. */
    public enum Origin {
        /** A run of the benchmarks on this checkout. */
        OWN,
        /** The baseline that is committed with the project, measured on another host. */
        BASELINE
    }

    /** The finished run in a folder, else the committed baseline in another, else nothing. */
    public static Optional<MeasuredRun> find(Path run, Path baselineFolder) {
        RunFolder own = new RunFolder(run);
        return read(Origin.OWN, own.kernels(), own.provenance())
                .or(() -> read(
                        Origin.BASELINE,
                        baselineFolder.resolve("kernels.csv"),
                        baselineFolder.resolve("kernels-provenance.csv")));
    }

    private static Optional<MeasuredRun> read(Origin origin, Path kernels, Path provenance) {
        return Files.exists(kernels) && Files.exists(provenance)
                ? Optional.of(new MeasuredRun(origin, KernelCsv.read(kernels), Provenance.readWhole(provenance)))
                : Optional.empty();
    }
}
