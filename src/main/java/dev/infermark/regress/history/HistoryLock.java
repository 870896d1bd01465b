package dev.infermark.regress.history;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Holds off everyone else who appends to a history, by a lock on a file of its own beside it.
 *
 * <p>POSIX drops a process's locks on a file as soon as the process closes any of its descriptors of it, so the history
 * itself, which is read and replaced under the lock, cannot carry it. The lock file stays: removing it would let two
 * processes lock two files of one name.
 */
final class HistoryLock implements AutoCloseable {
    private static final long RETRY_MILLIS = 20;

    private final FileChannel channel;

    private HistoryLock(FileChannel channel) {
        this.channel = channel;
    }

    /** Waits until no other process and no other thread appends. */
    static HistoryLock on(Path history) throws IOException {
        Path file = history.resolveSibling("." + history.getFileName() + ".lock");
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            lock(channel);
            return new HistoryLock(channel);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
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

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
