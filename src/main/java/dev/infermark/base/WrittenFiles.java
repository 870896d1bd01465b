package dev.infermark.base;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that this program wrote into a folder, listed there with their checksums as {@code sha256sum} prints them,
 * lest it remove or replace a file of somebody else, or one of its own that somebody has changed.
 *
 * <p>Whenever it is stopped, the list names every file that it wrote: a file is listed before it is written, and taken
 * off the list after it is removed.
 */
public final class WrittenFiles {
    /** The list's name in the folder. */
    public static final String LIST = "infermark-files.sha256";

    private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  ([^/\\\\]+)");

    private final Path folder;
    private final Map<String, Set<String>> listed;

    private WrittenFiles(Path folder, Map<String, Set<String>> listed) {
        this.folder = folder;
        this.listed = listed;
    }

    /** What the list in a folder names; nothing where there is no list. */
    public static WrittenFiles in(Path folder) {
        Map<String, Set<String>> listed = new TreeMap<>();
        Path list = folder.resolve(LIST);
        if (Files.exists(list)) {
            for (String line : SafeFiles.read(list).lines().toList()) {
                Matcher matcher = LINE.matcher(line);
                if (!matcher.matches() || matcher.group(2).equals("..")) {
                    throw new UserError(list + " is no list of files that infermark wrote, by the line '" + line
                            + "'; remove the folder, or name another");
                }
                listed.computeIfAbsent(matcher.group(2), _ -> new TreeSet<>()).add(matcher.group(1));
            }
        }
        return new WrittenFiles(folder, listed);
    }

    /**
     * Writes files in place of all that were written before.
     *
     * @throws UserError before anything is written, where a file is there that this program did not write
     */
    public void replaceBy(Map<String, byte[]> files) {
        Set<String> names = new HashSet<>(listed.keySet());
        names.addAll(files.keySet());
        requireOwn(names);
        Map<String, Set<String>> sums = new TreeMap<>();
        files.forEach((name, content) -> sums.put(name, Set.of(Sha256.of(content))));
        Map<String, Set<String>> both = new TreeMap<>(sums);
        listed.forEach((name, old) -> both.merge(name, old, WrittenFiles::union));
        write(both);
        listed.keySet().stream().filter(name -> !files.containsKey(name)).forEach(this::delete);
        files.forEach((name, content) -> SafeFiles.write(folder.resolve(name), content));
        write(sums);
    }

    /**
     * Removes all files that were written.
     *
     * @throws UserError before anything is removed, where somebody has changed one
     */
    public void remove() {
        requireOwn(listed.keySet());
        listed.keySet().forEach(this::delete);
        delete(LIST);
    }

    /**
     * Refuses to touch files that this program did not write.
     *
     * @throws UserError where one of these names is a file of somebody else
     */
    public void requireOwn(Collection<String> names) {
        for (String name : new TreeSet<>(names)) {
            Path file = folder.resolve(name);
            if (Files.exists(file) && !isOwn(file, listed.getOrDefault(name, Set.of()))) {
                throw new UserError(file + " is not as infermark wrote it, so it is left as it is;"
                        + " name another folder, or move that file away");
            }
        }
    }

    private static boolean isOwn(Path file, Set<String> sums) {
        return !sums.isEmpty() && Files.isRegularFile(file) && sums.contains(Sha256.of(file));
    }

    private void write(Map<String, Set<String>> sums) {
        StringBuilder text = new StringBuilder();
        sums.forEach((name, each) -> each.forEach(sum -> text.append(sum).append("  ").append(name).append('\n')));
        SafeFiles.write(folder.resolve(LIST), text.toString());
    }

    private void delete(String name) {
        try {
            Files.deleteIfExists(folder.resolve(name));
        } catch (IOException e) {
            throw new UserError(
                    "cannot remove the earlier " + folder.resolve(name) + ": " + e.getMessage()
                            + "; check the permissions",
                    e);
        }
    }

    private static Set<String> union(Set<String> some, Set<String> others) {
        Set<String> all = new TreeSet<>(some);
        all.addAll(others);
        return all;
    }
}
