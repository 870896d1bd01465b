package dev.infermark.base;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WrittenFilesTest {
    @TempDir
    private Path folder;

    @Test
    void replacesAllThatItWroteBeforeAndNothingElse() throws IOException {
        replace("a", "1", "b", "2");
        Files.writeString(folder.resolve("mine"), "x");
        replace("b", "3", "c", "4");
        assertEquals(Set.of("b", "c", "mine", WrittenFiles.LIST), names());
        assertEquals("3", Files.readString(folder.resolve("b")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"a", "b", "c"})
    void leavesEverythingAsItIsWhereOneFileIsNotItsOwn(String name) throws IOException {
        replace("a", "1", "b", "2");
        Files.writeString(folder.resolve(name), "mine");
        Map<String, String> before = contents();
        UserError e = assertThrows(UserError.class, () -> replace("b", "3", "c", "4"));
        assertMentions(e, name, "not as infermark wrote it");
        assertEquals(before, contents());
    }

    @Test
    void removesWhatItWroteAndTheList() throws IOException {
        replace("a", "1", "b", "2");
        Files.delete(folder.resolve("b"));
        WrittenFiles.in(folder).remove();
        assertEquals(Set.of(), names());
    }

    @Test
    void goesOnWhereItWasStoppedBetweenAnyTwoFiles() throws IOException {
        replace("a", "1", "b", "2");
        Map<String, String> before = contents();
        replace("b", "3", "c", "4");
        Map<String, String> after = contents();
        String both = before.get(WrittenFiles.LIST) + after.get(WrittenFiles.LIST);
        String[][] states = {{"1", "2", null}, {null, "2", null}, {null, "3", null}, {null, "3", "4"}};
        for (String[] state : states) {
            set(WrittenFiles.LIST, both);
            set("a", state[0]);
            set("b", state[1]);
            set("c", state[2]);
            replace("b", "5");
            assertEquals(Set.of("b", WrittenFiles.LIST), names());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"../out", "/etc/passwd", "a/b", "..", "a\\b"})
    void refusesAListThatLeavesItsFolder(String name) throws IOException {
        Files.writeString(folder.resolve(WrittenFiles.LIST), "0".repeat(64) + "  " + name + "\n");
        assertThrows(UserError.class, () -> WrittenFiles.in(folder));
    }

    private void replace(String... files) {
        Map<String, byte[]> contents = new TreeMap<>();
        for (int i = 0; i < files.length; i += 2) {
            contents.put(files[i], files[i + 1].getBytes(StandardCharsets.UTF_8));
        }
        WrittenFiles.in(folder).replaceBy(contents);
    }

    private void set(String name, @Nullable String content) throws IOException {
        if (content == null) {
            Files.deleteIfExists(folder.resolve(name));
        } else {
            Files.writeString(folder.resolve(name), content);
        }
    }

    private Set<String> names() throws IOException {
        return new TreeSet<>(contents().keySet());
    }

    private Map<String, String> contents() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.collect(Collectors.toMap(file -> file.getFileName().toString(), SafeFiles::read));
        }
    }
}
