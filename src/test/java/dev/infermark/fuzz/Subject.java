package dev.infermark.fuzz;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.UnaryOperator;

/**
 * One file and a command that reads it.
 *
 * @param name of the subject
 * @param sample what is broken
 * @param packing makes the file of it
 * @param file where it lies in the folder of a run
 * @param sign which numbers the command's output may hold
 * @param arguments of the command; those that begin with {@code @} are files in the folder
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record Subject(
        String name, byte[] sample, UnaryOperator<byte[]> packing, String file, Sign sign, String... arguments) {

    /** A file that is broken itself. */
    Subject(String name, byte[] sample, String file, Sign sign, String... arguments) {
        this(name, sample, UnaryOperator.identity(), file, sign, arguments);
    }


    /** Which numbers may stand in an output. */
    enum Sign {
        /** Latencies, throughputs, prices, counts. */
        NOT_NEGATIVE,
        /** Changes and errors. */
        ANY
    }

    String[] arguments(Path folder) {
        return Arrays.stream(arguments)
                .map(word -> word.startsWith("@") ? folder.resolve(word.substring(1)).toString() : word)
                .toArray(String[]::new);
    }

    @Override
    public String toString() {
        return name + " " + Arrays.toString(arguments);
    }
}
