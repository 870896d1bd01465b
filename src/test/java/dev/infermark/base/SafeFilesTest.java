package dev.infermark.base;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SafeFilesTest {
    @TempDir
    private Path folder;

    @Test
    void replacesAFileAndLeavesNothingBesideIt() throws IOException {
        Path file = folder.resolve("new/folder/table.csv");
        SafeFiles.write(file, "one\n");
        SafeFiles.write(file, "two\n");
        assertEquals("two\n", SafeFiles.read(file));
        try (Stream<Path> files = Files.list(file.getParent())) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void writesFilesThatOthersMayReadAsAnyProgramDoes() throws IOException {
        Path plain = Files.writeString(folder.resolve("plain"), "x");
        Path safe = folder.resolve("safe");
        SafeFiles.write(safe, "x");
        assertEquals(Files.getPosixFilePermissions(plain), Files.getPosixFilePermissions(safe));
    }

    @Test
    void leavesTheOldFileWhenTheNewOneCannotBeWritten() throws IOException {
        Path target = Files.createDirectory(folder.resolve("taken"));
        Files.writeString(target.resolve("inside"), "x");
        assertThrows(UserError.class, () -> SafeFiles.write(target, "content"));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void namesTheFileThatIsMissing() {
        UserError e = assertThrows(UserError.class, () -> SafeFiles.read(folder.resolve("absent.csv")));
        assertMentions(e, "absent.csv", "no such file");
    }

    @Test
    void saysThatAFileIsNotText() throws IOException {
        Path file = folder.resolve("bytes");
        Files.write(file, new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        UserError e = assertThrows(UserError.class, () -> SafeFiles.read(file));
        assertMentions(e, "not UTF-8");
    }
}
