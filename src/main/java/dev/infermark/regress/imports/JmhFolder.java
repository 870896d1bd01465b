package dev.infermark.regress.imports;

import dev.infermark.base.UserError;
import dev.infermark.jmh.JmhJson;
import dev.infermark.regress.history.HistoryLine;
import dev.infermark.regress.select.ForkStatistic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A folder with one JMH result per run: {@code COMMIT.json}, or folders named by commit with one result each. */
final class JmhFolder {
    private JmhFolder() {}

    /** The lines of all runs, ordered by when the files were last written, since a commit's name tells no order. */
    static List<HistoryLine> read(Path folder, ForkStatistic statistic) {
        try (Stream<Path> tree = Files.walk(folder, 2)) {
            List<Path> files = tree.filter(file -> file.toString().endsWith(".json"))
                    .sorted(Comparator.comparing(JmhFolder::written).thenComparing(Comparator.naturalOrder()))
                    .toList();
            if (files.isEmpty()) {
                throw new UserError(folder + " holds no JSON file: name a folder of COMMIT.json or COMMIT/NAME.json");
            }
            return files.stream().flatMap(file -> lines(folder, file, statistic)).toList();
        } catch (IOException e) {
            throw new UserError("cannot read " + folder + ": " + e.getMessage() + "; name a folder of results", e);
        }
    }

    private static Stream<HistoryLine> lines(Path folder, Path file, ForkStatistic statistic) {
        Path inside = folder.relativize(file);
        String commit = inside.getName(0).toString().replaceFirst("\\.json$", "");
        return HistoryLine.of(JmhJson.read(file), statistic, commit, commit, written(file).toInstant().toString())
                .stream();
    }

    private static FileTime written(Path file) {
        try {
            return Files.getLastModifiedTime(file);
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
