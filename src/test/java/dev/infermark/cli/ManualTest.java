package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The commands that README.md and the manual show do what is shown. Those that take a moment are run; of the others,
 * which measure, fit or write, the options are checked.
 */
class ManualTest {
    private static final Set<String> QUICK =
            Set.of("", "predict", "inspect", "models", "hardware", "blog", "completion");

    /**
     * A command as shown.
     *
     * @param page where
     * @param line as the reader sees it
     * @param arguments of infermark
     * @param output first lines that are shown below it, none where it is not
     */
    record Example(String page, String line, List<String> arguments, List<String> output) {
        boolean isQuick() {
            return QUICK.contains(arguments.isEmpty() ? "" : arguments.getFirst())
                    // What it reads is written by another example.
                    && !arguments.contains("--compiled");
        }

        @Override
        public String toString() {
            return page + ": " + line;
        }
    }

    static List<Example> examples() throws IOException {
        List<Example> examples = new ArrayList<>();
        try (Stream<Path> manual = Files.list(Path.of("src/site/markdown"))) {
            for (Path page : Stream.concat(Stream.of(Path.of("README.md")), manual.sorted()).toList()) {
                examples.addAll(examplesOf(page));
            }
        }
        return examples;
    }

    @Test
    void thereAreExamplesAndOneShowsItsOutput() throws IOException {
        assertTrue(examples().size() >= 15, () -> "the manual shows too few commands");
        assertTrue(examples().stream().anyMatch(example -> !example.output().isEmpty()));
    }

    @ParameterizedTest
    @MethodSource("examples")
    void doesWhatIsShown(Example example) {
        String[] arguments = example.arguments().toArray(String[]::new);
        if (!example.isQuick()) {
            Infermark.commandLine(arguments).parseArgs(arguments);
            return;
        }
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        assertEquals(0, Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments), err::toString);
        assertEquals(
                example.output(), out.toString().lines().limit(example.output().size()).toList());
    }

    private static List<Example> examplesOf(Path page) throws IOException {
        List<Example> examples = new ArrayList<>();
        String[] blocks = Files.readString(page).split("(?m)^```.*$", -1);
        for (int block = 1; block < blocks.length; block += 2) {
            List<String> lines = blocks[block].replace("\\\n", " ").lines().toList();
            for (int i = 0; i < lines.size(); i++) {
                String line = lines.get(i).replaceFirst("^\\$ ", "");
                if (line.matches("(scripts/)?infermark( .*)?")) {
                    boolean shown = lines.get(i).startsWith("$ ");
                    examples.add(new Example(
                            page.toString(),
                            line,
                            arguments(line),
                            shown ? outputAfter(lines, i) : List.of()));
                }
            }
        }
        return examples;
    }

    private static List<String> outputAfter(List<String> lines, int command) {
        return lines.stream().skip(command + 1L).takeWhile(line -> !line.startsWith("$ ")).toList();
    }

    /** The words after the command's name, without what the shell does with the result. */
    private static List<String> arguments(String line) {
        return Arrays.stream(line.replaceAll("\\s+(\\|\\||\\||>|#).*", "").split("\\s+", -1)).skip(1).toList();
    }
}
