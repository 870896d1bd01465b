package dev.infermark.fuzz;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/**
 * One file and a command that reads it.
 *
 * @param name of the subject
 * @param sample the whole file
 * @param suffix of the file's name
 * @param sign which numbers the command's output may hold
 * @param arguments of the command, with {@code FILE} for the broken file, {@code BASELINE} for JMH results, and
 *     {@code OUT} for a file to write
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Subject(String name, byte[] sample, String suffix, Sign sign, String... arguments) {

    /** Which numbers may stand in an output. */
    enum Sign {
        /** Latencies, throughputs, prices. */
        NOT_NEGATIVE,
        /** Counts of operators, after names from the file. */
        NO_NEGATIVE_COUNT,
        /** Changes and errors. */
        ANY
    }

    String[] arguments(Path file, Path baseline, Path out) {
        return Stream.of(arguments)
                .map(word -> switch (word) {
                    case "FILE" -> file.toString();
                    case "BASELINE" -> baseline.toString();
                    case "OUT" -> out.toString();
                    default -> word;
                })
                .toArray(String[]::new);
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(arguments);
    }
}
