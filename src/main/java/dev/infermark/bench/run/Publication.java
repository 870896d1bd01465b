package dev.infermark.bench.run;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.base.WrittenFiles;
import dev.infermark.bench.result.BenchmarkId;
import dev.infermark.bench.result.BenchmarkResults;
import dev.infermark.bench.result.KernelCsv;
import dev.infermark.bench.result.RunFolder;
import dev.infermark.jmh.Provenance;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Makes a finished run the project's committed baseline.
 *
 * @param run the run's results
 * @param project the project's folder, which holds {@code results/}
 */
public record Publication(RunFolder run, Path project) {

    /** A fault of a run that keeps it from publication unless waived by name. */
    public enum Waiver {
        /** The run used the smoke profile, or fewer forks than the quick one has. */
        SMOKE,
        /** The run left out benchmarks that the program has. */
        INCOMPLETE
    }

    /** Checks and reads everything, then writes each file whole; returns the files written. */
    public List<Path> publish(Set<Waiver> waivers, Collection<BenchmarkId> planned) {
        requireFinished();
        BenchmarkResults results = KernelCsv.read(run.kernels());
        Provenance provenance = Provenance.readWhole(run.provenance());
        if (isRough(provenance, results)) {
            demand(waivers, Waiver.SMOKE, "used the profile smoke or fewer forks than quick, too rough for a baseline");
        }
        List<BenchmarkId> missing = results.missing(planned);
        if (!missing.isEmpty()) {
            String example = missing.getFirst().label();
            String fault = "lacks %d of %d rows, such as %s".formatted(missing.size(), planned.size(), example);
            demand(waivers, Waiver.INCOMPLETE, fault);
        }
        Path baseline = project.resolve("results");
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("kernels.csv", utf8(run.kernels()));
        files.put("kernels-provenance.csv", utf8(run.provenance()));
        WrittenFiles.in(baseline).replaceBy(files);
        return files.keySet().stream().map(baseline::resolve).toList();
    }

    private static byte[] utf8(Path file) {
        return SafeFiles.read(file).getBytes(StandardCharsets.UTF_8);
    }

    private void requireFinished() {
        for (Path file : List.of(run.kernels(), run.provenance())) {
            if (!Files.exists(file)) {
                throw new UserError(run.path() + " holds no finished run (no " + file.getFileName()
                        + "): run 'mvn verify -Pbench' to its end");
            }
        }
    }

    private static boolean isRough(Provenance provenance, BenchmarkResults results) {
        return provenance.get(Provenance.Fact.PROFILE).equals(BenchmarkProfile.SMOKE.label())
                || results.measurements().stream()
                        .anyMatch(row -> row.forkMedians().size() < BenchmarkProfile.QUICK.forks());
    }

    private void demand(Set<Waiver> waivers, Waiver waiver, String fault) {
        if (!waivers.contains(waiver)) {
            throw new UserError("the run in " + run.path() + " " + fault + ": run the whole again in profile quick or"
                    + " full, or waive this with --allow " + waiver.name().toLowerCase(Locale.ROOT));
        }
    }
}
