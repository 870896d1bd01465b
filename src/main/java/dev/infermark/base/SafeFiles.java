package dev.infermark.base;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/**
 * Files that are either whole or absent: content is written beside the target and then moved over it. Symbolic links
 * are followed, and what is no regular file, such as a device or a pipe, is written to and never replaced.
 */
public final class SafeFiles {
    private static final long MEGA = 1_000_000;

    /** More than any text that is read as a whole: with its characters and numbers it must fit into memory. */
    private static final long MOST_TEXT = 64 * MEGA;

    /** More than any text that is read piece by piece. */
    private static final long MOST_STREAM = 1_000 * MEGA;

    private static final int MOST_LINKS = 40;

    private SafeFiles() {}

    /**
     * Reads a whole UTF-8 text file, or says in one line why that is impossible.
     *
     * @throws UserError also when it has more than 64 MB
     */
    public static String read(Path file) {
        try (InputStream in = new BoundedInput(file, Files.newInputStream(file), MOST_TEXT)) {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(in.readAllBytes()))
                    .toString();
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Opens a file that is read piece by piece; reading it fails with a {@link UserError} when it has more than 1 GB,
     * or 64 MB where it is a device or a pipe, which may have no end.
     */
    public static InputStream open(Path file) {
        try {
            if (Files.isDirectory(file)) {
                throw new IOException();
            }
            InputStream in = Files.newInputStream(file);
            return new BoundedInput(file, in, Files.isRegularFile(file) ? MOST_STREAM : MOST_TEXT);
        } catch (IOException e) {
            throw unreadable(file, e);
        }
    }

    /**
     * Opens a UTF-8 text that is read piece by piece, as {@link #open} does; reading it fails with a {@link UserError}
     * at a line of more than a million characters, and with a {@code CharacterCodingException} where it is no UTF-8.
     */
    public static Reader openText(Path file) {
        // A decoder made from a charset alone would replace what is not UTF-8.
        return new BoundedLines(file, new InputStreamReader(open(file), StandardCharsets.UTF_8.newDecoder()));
    }

    /** Refuses a file that cannot be written, before work is done for it; creates nothing. */
    public static void requireWritable(Path file) {
        Path target = file.toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw new UserError("cannot write " + file + ": it is a folder; name a file");
        }
        Path known = target;
        while (known.getParent() != null && !Files.exists(known)) {
            known = known.getParent();
        }
        if (!known.equals(target) && !Files.isDirectory(known)) {
            throw new UserError("cannot write " + file + ": " + known + " is no folder; name another file");
        }
        if (!Files.isWritable(known)) {
            throw new UserError("cannot write " + file + ": access denied; check the permissions");
        }
    }

    /** Writes a whole UTF-8 text file, creating its folder where needed. */
    public static void write(Path file, String content) {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a whole file, creating its folder where needed. */
    public static void write(Path file, byte[] content) {
        requireWritable(file);
        try {
            Path target = target(file);
            if (isReplaceable(target)) {
                replace(target, content);
            } else {
                try (OutputStream out =
                        Files.newOutputStream(target, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                    out.write(content);
                }
            }
        } catch (IOException e) {
            throw unwritable(file, e);
        }
    }

    /** Moves a file over another, in one step where the file system has one. */
    public static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    /** Where a chain of symbolic links ends, or comes to an open file of a process, such as {@code /dev/stdout}. */
    public static Path target(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        for (int links = 0; Files.isSymbolicLink(target) && !isOpenFile(target); links++) {
            if (links == MOST_LINKS) {
                throw new IOException("its symbolic links lead nowhere");
            }
            target = target.resolveSibling(Files.readSymbolicLink(target));
        }
        return target;
    }

    /** Whether the end of a chain of links is no file yet, or a regular one; others are written through. */
    public static boolean isReplaceable(Path target) {
        return !isOpenFile(target) && (Files.notExists(target) || Files.isRegularFile(target));
    }

    private static boolean isOpenFile(Path target) {
        return target.startsWith("/proc") || target.startsWith("/dev/fd");
    }

    private static void replace(Path target, byte[] content) throws IOException {
        // A temporary file of the JDK would be readable for its owner alone.
        Path beside = target.resolveSibling("." + target.getFileName() + "." + UUID.randomUUID() + ".part");
        Files.createDirectories(target.resolveSibling("."));
        try {
            Files.write(beside, content);
            if (Files.exists(target) && Files.getFileStore(target).supportsFileAttributeView("posix")) {
                Files.setPosixFilePermissions(beside, Files.getPosixFilePermissions(target));
            }
            move(beside, target);
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    /** Says in one line why a file was not written. */
    public static UserError unwritable(Path file, IOException e) {
        return new UserError("cannot write " + file + ": " + reason(file, e), e);
    }

    /** Says in one line why a file was not read. */
    public static UserError unreadable(Path file, IOException e) {
        return new UserError("cannot read " + file + ": " + reason(file, e), e);
    }

    private static String reason(Path file, IOException e) {
        return switch (e) {
            case NoSuchFileException _ -> "no such file; check the path";
            case AccessDeniedException _ -> "access denied; check the permissions";
            case CharacterCodingException _ -> "it is not UTF-8 text; convert it";
            case FileSystemException fault when fault.getReason() != null -> fault.getReason() + "; check the disk";
            default -> Files.isDirectory(file)
                    ? "it is a folder; name a file"
                    : e.getMessage() + "; check the disk and the path";
        };
    }
}
