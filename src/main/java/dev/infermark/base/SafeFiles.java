package dev.infermark.base;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.UUID;

/** Files that are either whole or absent: content is written beside the target and then moved over it. */
public final class SafeFiles {
    private SafeFiles() {}

    /** Reads a whole UTF-8 text file, or says in one line why that is impossible. */
    public static String read(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + reason(file, e), e);
        }
    }

    /** Writes a whole UTF-8 text file, creating its folder where needed. */
    public static void write(Path file, String content) {
        write(file, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a whole file, creating its folder where needed. */
    public static void write(Path file, byte[] content) {
        try {
            Path target = file.toAbsolutePath();
            // A temporary file of the JDK would be readable for its owner alone.
            Path beside = target.resolveSibling("." + file.getFileName() + "." + UUID.randomUUID() + ".part");
            Files.createDirectories(target.resolveSibling("."));
            try {
                Files.write(beside, content);
                move(beside, file);
            } finally {
                Files.deleteIfExists(beside);
            }
        } catch (IOException e) {
            throw new UserError("cannot write " + file + ": " + reason(file, e), e);
        }
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static String reason(Path file, IOException e) {
        return switch (e) {
            case java.nio.file.NoSuchFileException _ -> "no such file; check the path";
            case java.nio.file.AccessDeniedException _ -> "access denied; check the permissions";
            case java.nio.charset.CharacterCodingException _ -> "it is not UTF-8 text";
            default -> Files.isDirectory(file) ? "it is a folder; name a file" : String.valueOf(e.getMessage());
        };
    }
}
