package dev.infermark.bench.result;

import dev.infermark.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The files that a run leaves behind; {@link #kernels} and {@link #provenance} exist only after a run that lost no row.
 *
 * @param path the folder, such as {@code results/run}
 */
public record RunFolder(Path path) {

    /** What JMH measured, in its own format. */
    public Path jmhJson() {
        return path.resolve("jmh.json");
    }

    /** Everything JMH and its forks printed. */
    public Path jmhLog() {
        return path.resolve("jmh.log");
    }

    /** Our results, derived from JMH's. */
    public Path kernels() {
        return path.resolve("kernels.csv");
    }

    /** Where, when and how the results were measured. */
    public Path provenance() {
        return path.resolve("provenance.csv");
    }

    /** Whether a run came to its end here. */
    public boolean isFinished() {
        return Files.exists(kernels()) && Files.exists(provenance());
    }

    /** Makes the folder and removes an earlier run's files, lest a run that fails be taken to have written them. */
    public void clear() {
        try {
            Files.createDirectories(path);
            for (Path file : List.of(jmhJson(), jmhLog(), kernels(), provenance())) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UserError("cannot write results into " + path + " (" + e + "): name another folder", e);
        }
    }
}
