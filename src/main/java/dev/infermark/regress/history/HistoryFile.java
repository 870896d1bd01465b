package dev.infermark.regress.history;

import dev.infermark.base.UserError;
import dev.infermark.regress.parse.HistoryLayout;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;

/** The append-only file of all runs: one line per benchmark, run and fork. */
public final class HistoryFile {
    /** What a new file gets. */
    private static final HistoryLayout NEW = new HistoryLayout(
            ',', List.of("benchmark", "run", "value", "unit", "direction", "commit", "time", "fork"), Set.of());

    private static final long RETRY_MILLIS = 20;

    private final Path file;

    /** The history in a file that need not exist yet. */
    public HistoryFile(Path file) {
        this.file = file;
    }

    /**
     * Appends all lines in one write, under a lock that waits for others who append; an existing file keeps its
     * columns and their order. Refuses what the file holds already.
     *
     * @return what the user should know of the file as it was found, such as a last line that was cut
     */
    public Optional<String> append(List<HistoryLine> lines) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            try (FileChannel channel = FileChannel.open(
                            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
                    FileLock _ = lock(channel)) {
                return append(channel, lines);
            }
        } catch (IOException | UncheckedIOException e) {
            throw new UserError("cannot append to " + file + ": " + e.getMessage(), e);
        }
    }

    private Optional<String> append(FileChannel channel, List<HistoryLine> lines) throws IOException {
        long size = channel.size();
        HistoryLayout layout = size == 0 ? NEW : HistoryLayout.read(file);
        refuseWhatIsThere(layout, lines);
        long end = wholeLines(channel, size);
        String cut = text(channel, end, size);
        StringBuilder text = new StringBuilder();
        CSVFormat format = CSVFormat.DEFAULT.builder()
                .setDelimiter(layout.separator())
                .setRecordSeparator('\n')
                .get();
        try (CSVPrinter printer = new CSVPrinter(text, format)) {
            if (size == 0) {
                printer.printRecord(layout.columns());
            }
            for (HistoryLine line : lines) {
                Map<String, String> fields = line.fields();
                printer.printRecord(
                        layout.columns().stream().map(column -> fields.getOrDefault(column, "")).toList());
            }
        }
        ByteBuffer bytes = ByteBuffer.wrap(text.toString().getBytes(StandardCharsets.UTF_8));
        channel.position(end);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
        channel.truncate(channel.position());
        channel.force(true);
        return cut.isEmpty()
                ? Optional.empty()
                : Optional.of(file + ": its last line was cut (no line feed ended it) and taken out: '" + cut
                        + "'; take that run's other lines out and append it again");
    }

    /** Forks of a run that came in twice would count as more forks than were measured. */
    private void refuseWhatIsThere(HistoryLayout layout, List<HistoryLine> lines) {
        for (HistoryLine line : lines) {
            if (layout.entries().contains(new HistoryLayout.Entry(line.benchmark().strip(), line.run()))) {
                throw new UserError("%s holds %s of run %s already: name another --run, or take its lines out first"
                        .formatted(file, line.benchmark(), line.run()));
            }
        }
    }

    /** Where the last line end is: what follows may be cut inside its last number, so nobody may take it as true. */
    private long wholeLines(FileChannel channel, long size) throws IOException {
        ByteBuffer one = ByteBuffer.allocate(1);
        for (long end = size; end > 0; end--) {
            channel.read(one.clear(), end - 1);
            if (one.get(0) == '\n' || one.get(0) == '\r') {
                return end;
            }
        }
        if (size > 0) {
            throw new UserError(file + ": no line feed ends its header, which may be cut: end it, or remove the file");
        }
        return 0;
    }

    private static String text(FileChannel channel, long from, long to) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(Math.toIntExact(to - from));
        int count;
        do {
            count = channel.read(bytes, from + bytes.position());
        } while (count > 0);
        return new String(bytes.array(), StandardCharsets.UTF_8);
    }

    /** The operating system's lock holds off other processes; within this one the channel refuses, so it asks again. */
    private static FileLock lock(FileChannel channel) throws IOException {
        while (true) {
            try {
                return channel.lock();
            } catch (OverlappingFileLockException e) {
                try {
                    Thread.sleep(RETRY_MILLIS);
                } catch (InterruptedException interrupt) {
                    Thread.currentThread().interrupt();
                    throw new IOException("interrupted while waiting for another append", interrupt);
                }
            }
        }
    }
}
