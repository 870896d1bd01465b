package dev.infermark.plan.sweep;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.plan.ReasonCounts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/**
 * Writes the rows of a grid to a file in order, computed on all processors. Until the last row is there they are in a
 * file beside it, whose name ends in {@code .part}; one that was cut short is continued after its last whole row, so
 * that no row is lost or doubled.
 *
 * @param grid which rows
 * @param rows what they say
 */
public record Sweep(Grid grid, Rows rows) {
    /** Rows that are computed as one piece. */
    public static final int PIECE = 1000;

    /** Pieces that wait for being written, for each processor. */
    private static final int AHEAD = 4;

    private static final int LONGEST_ROW = 1 << 16;

    /**
     * What a run came to.
     *
     * @param before rows that were there already
     * @param refused reasons of the rows that it wrote and that have no answer
     */
    public record Written(long before, ReasonCounts refused) {}

    /** Rows as text, with the reasons of those that have no answer. */
    private record Piece(String text, List<String> refused) {}

    /**
     * Writes what is missing.
     *
     * @param progress called after each piece, on the caller's thread
     * @throws UserError when the file is of another grid, or cannot be written
     */
    public Written run(Path file, Runnable progress) {
        ReasonCounts refused = new ReasonCounts();
        Consumer<Piece> written = piece -> {
            piece.refused().forEach(refused::add);
            progress.run();
        };
        return new Written(run(file, written), refused);
    }

    private long run(Path file, Consumer<Piece> written) {
        SafeFiles.requireWritable(file);
        try {
            Path target = SafeFiles.target(file);
            if (!SafeFiles.isReplaceable(target)) {
                Files.writeString(target, rows.header(grid) + "\n", StandardOpenOption.APPEND);
                write(target, 0, written);
                return 0;
            }
            Path part = target.resolveSibling(target.getFileName() + ".part");
            if (Files.exists(target)) {
                long there = continuation(target);
                if (there == grid.size()) {
                    return there;
                }
                SafeFiles.move(target, part);
            }
            long from = continuation(part);
            write(part, from, written);
            SafeFiles.move(part, target);
            return from;
        } catch (IOException e) {
            throw SafeFiles.unwritable(file, e);
        }
    }

    private void write(Path file, long from, Consumer<Piece> written) throws IOException {
        int threads = Runtime.getRuntime().availableProcessors();
        try (ExecutorService pool = Executors.newFixedThreadPool(threads);
                BufferedWriter out = Files.newBufferedWriter(
                        file, StandardCharsets.UTF_8, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
            Deque<Future<Piece>> pieces = new ArrayDeque<>();
            long next = from;
            try {
                while (next < grid.size() || !pieces.isEmpty()) {
                    while (next < grid.size() && pieces.size() < AHEAD * threads) {
                        long start = next;
                        next = Math.min(grid.size(), start + PIECE);
                        long end = next;
                        pieces.add(pool.submit(() -> piece(start, end)));
                    }
                    Piece piece = pieces.remove().get();
                    out.write(piece.text());
                    out.flush();
                    written.accept(piece);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new UserError("interrupted; start the same sweep again to go on", e);
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } finally {
                pool.shutdownNow();
            }
        }
    }

    private Piece piece(long start, long end) {
        StringBuilder text = new StringBuilder();
        List<String> refused = new ArrayList<>();
        for (long number = start; number < end; number++) {
            Grid.Point point = grid.at(number);
            Answer answer = rows.answer(point);
            text.append(rows.row(point, answer)).append('\n');
            if (answer instanceof Answer.Refused(String reason)) {
                refused.add(reason);
            }
        }
        return new Piece(text.toString(), refused);
    }

    /** The first row that a file lacks; cuts off a row that is not whole, and begins a file that is empty. */
    private long continuation(Path file) throws IOException {
        byte[] header = (rows.header(grid) + "\n").getBytes(StandardCharsets.UTF_8);
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        try (RandomAccessFile content = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] start = new byte[(int) Math.min(header.length, content.length())];
            content.readFully(start);
            if (content.length() < header.length) {
                requireSame(file, new String(header, 0, start.length, StandardCharsets.UTF_8), text(start));
                content.setLength(0);
                content.write(header);
                return 0;
            }
            requireSame(file, text(header), text(start));
            long tail = Math.max(header.length, content.length() - LONGEST_ROW);
            byte[] end = new byte[(int) (content.length() - tail)];
            content.seek(tail);
            content.readFully(end);
            int last = lastLineEnd(end, end.length);
            content.setLength(tail + last);
            if (tail + last == header.length) {
                return 0;
            }
            String row = text(Arrays.copyOfRange(end, lastLineEnd(end, last - 1), last));
            long number = number(row);
            requireSame(file, number < grid.size() ? rows.row(grid.at(number)) + "\n" : "", row);
            return number + 1;
        }
    }

    /** The place after the last line feed before another place. */
    private static int lastLineEnd(byte[] bytes, int before) {
        int place = before;
        while (place > 0 && bytes[place - 1] != '\n') {
            place--;
        }
        return place;
    }

    private long number(String row) {
        String digits = row.substring(0, Math.max(0, row.indexOf(',')));
        return digits.matches("\\d{1,18}") ? Long.parseLong(digits) : Long.MAX_VALUE;
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void requireSame(Path file, String expected, String found) {
        if (!expected.equals(found)) {
            throw new UserError(
                    file + " was written for another grid, other prices or by another release, and cannot be"
                            + " continued; remove it or name another file");
        }
    }
}
