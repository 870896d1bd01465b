package dev.infermark.base;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

    @Test
    void followsSymbolicLinksAndLeavesThemInPlace() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("file"));
        Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("later"));
        SafeFiles.write(link, "new");
        SafeFiles.write(dangling, "new");
        assertTrue(Files.isSymbolicLink(link) && Files.isSymbolicLink(dangling));
        assertEquals("new", Files.readString(file));
        assertEquals("new", Files.readString(folder.resolve("later")));
    }

    @Test
    void refusesLinksThatGoInACircle() throws IOException {
        Path one = Files.createSymbolicLink(folder.resolve("one"), Path.of("two"));
        Files.createSymbolicLink(folder.resolve("two"), Path.of("one"));
        assertThrows(UserError.class, () -> SafeFiles.write(one, "x"));
    }

    @Test
    void writesThroughADeviceInsteadOfReplacingIt() throws IOException {
        Path link = Files.createSymbolicLink(folder.resolve("null"), Path.of("/dev/null"));
        SafeFiles.write(link, "x");
        assertFalse(Files.isRegularFile(Path.of("/dev/null")));
        Files.delete(link); // or JUnit warns of a link that leads out of its folder
    }

    @Test
    void saysThatAFullDeviceTookNothing() {
        UserError e = assertThrows(UserError.class, () -> SafeFiles.write(Path.of("/dev/full"), "x"));
        assertMentions(e, "cannot write /dev/full", "No space left");
    }

    @Test
    void keepsThePermissionsOfAFileThatItReplaces() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "old");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-rw----"));
        SafeFiles.write(file, "new");
        assertEquals("rw-rw----", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void readsNoMoreOfADeviceThanATextHas() {
        UserError e = assertThrows(UserError.class, () -> SafeFiles.read(Path.of("/dev/zero")));
        assertMentions(e, "cannot read /dev/zero", "more than 64 MB");
    }

    @Test
    void holdsNoLineThatHasNoEnd() throws IOException {
        Path file = Files.writeString(folder.resolve("line"), "1\n" + "2".repeat(1_000_001));
        UserError e = assertThrows(UserError.class, () -> NumberLines.read(file));
        assertMentions(e, "cannot read " + file, "more than 1000000 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file/below", "folder", "file/a/b"})
    void saysBeforeTheWorkWhatCannotBeWritten(String name) throws IOException {
        Files.writeString(folder.resolve("file"), "x");
        Files.createDirectory(folder.resolve("folder"));
        assertThrows(UserError.class, () -> SafeFiles.requireWritable(folder.resolve(name)));
    }

    @Test
    void createsNothingWhenItChecksThatAFileCanBeWritten() throws IOException {
        SafeFiles.requireWritable(folder.resolve("new/folder/file"));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }
}
