package dev.infermark.regress.history;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.csv.CsvWriter;
import dev.infermark.regress.parse.HistoryLayout;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The append-only file of all runs: one line per benchmark, run and fork.
 *
 * <p>A run is in the file whole or not at all: the file is copied beside itself, the run added to the copy, and the
 * copy moved over the file, all under a {@link HistoryLock}. Whoever reads meanwhile sees the file before or after.
 */
public final class HistoryFile {
    private static final String IS_REGULAR = ": it is no regular file; name a file";

    private final Path file;

    /** The history in a file that need not exist yet. */
    public HistoryFile(Path file) {
        this.file = file;
    }

    /**
     * Appends all lines under a lock that waits for others who append; an existing file keeps its columns and their
     * order, its separator, decimal mark and line ends. Completes a run that an interrupted append left in part;
     * refuses what the file holds already, and what its readers could not read beside the rest.
     *
     * @return what the user should know of the file as it was found, such as a last line that was cut
     */
    public List<String> append(List<HistoryLine> lines) {
        try {
            Path target = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                throw new UserError("cannot append to " + file + IS_REGULAR);
            }
            Files.createDirectories(target.resolveSibling("."));
            try (HistoryLock _ = HistoryLock.on(target)) {
                return append(target, lines);
            }
        } catch (IOException e) {
            throw new UserError("cannot append to " + file + ": " + e.getMessage() + "; the file is as it was", e);
        }
    }

    private List<String> append(Path target, List<HistoryLine> lines) throws IOException {
        List<String> notes = new ArrayList<>();
        boolean isNew = !Files.exists(target) || Files.size(target) == 0;
        HistoryLayout layout = isNew ? HistoryLayout.NEW : HistoryLayout.read(target);
        List<HistoryLine> missing = missing(layout, lines, notes);
        List<List<String>> rows = new ArrayList<>();
        if (isNew) {
            rows.add(layout.columns());
        }
        missing.forEach(line -> rows.add(layout.row(line.fields())));
        byte[] text = CsvWriter.text(layout.dialect(), rows).getBytes(StandardCharsets.UTF_8);
        // One name for all: what a killed append leaves, the next one overwrites.
        Path copy = target.resolveSibling("." + target.getFileName() + ".part");
        try {
            if (isNew) {
                Files.write(copy, text);
            } else {
                Files.copy(target, copy, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.COPY_ATTRIBUTES);
                takeOutCutLine(copy, notes);
                try (OutputStream out = Files.newOutputStream(copy, StandardOpenOption.APPEND)) {
                    out.write(text);
                }
            }
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            SafeFiles.move(copy, target);
        } finally {
            Files.deleteIfExists(copy);
        }
        return List.copyOf(notes);
    }

    /** Forks of a run that came in twice would count as more forks than were measured. */
    private List<HistoryLine> missing(HistoryLayout layout, List<HistoryLine> lines, List<String> notes) {
        Map<HistoryLayout.Entry, List<Double>> there = new HashMap<>();
        List<HistoryLine> missing = new ArrayList<>();
        for (HistoryLine line : lines) {
            layout.refuseOtherUnit(file.toString(), line.benchmark().strip(), line.unit());
            HistoryLayout.Entry entry = new HistoryLayout.Entry(line.benchmark().strip(), line.run());
            List<Double> values = there.computeIfAbsent(
                    entry, e -> new ArrayList<>(layout.entries().getOrDefault(e, List.of())));
            if (!values.remove((Double) line.value())) {
                missing.add(line);
            }
        }
        boolean isContradicted = there.values().stream().anyMatch(values -> !values.isEmpty());
        if (isContradicted || missing.isEmpty()) {
            HistoryLine first = lines.getFirst();
            throw new UserError("%s holds %s of run %s already%s: name another --run, or take its lines out first"
                    .formatted(file, first.benchmark(), first.run(), isContradicted ? ", with other values" : ""));
        }
        if (missing.size() < lines.size()) {
            notes.add("%s held %,d of the %,d lines of run %s, as an interrupted append leaves them: added the others"
                    .formatted(file, lines.size() - missing.size(), lines.size(), lines.getFirst().run()));
        }
        return missing;
    }

    /** What follows the last line end may be cut inside its last number, so nobody may take it as true. */
    private void takeOutCutLine(Path copy, List<String> notes) throws IOException {
        byte[] bytes = Files.readAllBytes(copy);
        int end = bytes.length;
        while (end > 0 && bytes[end - 1] != '\n' && bytes[end - 1] != '\r') {
            end--;
        }
        if (end == 0) {
            throw new UserError(file + ": no line feed ends its header, which may be cut: end it, or remove the file");
        }
        if (end < bytes.length) {
            String cut = new String(Arrays.copyOfRange(bytes, end, bytes.length), StandardCharsets.UTF_8);
            try (FileChannel channel = FileChannel.open(copy, StandardOpenOption.WRITE)) {
                channel.truncate(end);
            }
            notes.add(file + ": its last line was cut (no line feed ended it) and taken out: '" + cut
                    + "'; append that run again, and what is missing of it is added");
        }
    }
}
