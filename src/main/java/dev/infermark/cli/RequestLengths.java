package dev.infermark.cli;

import dev.infermark.base.NumberLines;
import dev.infermark.base.UserError;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/** Lengths of requests in a file, one on each line. */
final class RequestLengths {
    private static final int LONGEST = 1 << 17;

    private RequestLengths() {}

    static List<Integer> read(Path file) {
        double[] numbers = NumberLines.read(file);
        return IntStream.range(0, numbers.length)
                .mapToObj(i -> {
                    int length = (int) numbers[i];
                    if (length != numbers[i] || length < 1 || length > LONGEST) {
                        throw new UserError(file + ": " + numbers[i] + " is no number of tokens; give whole numbers"
                                + " of 1 or more");
                    }
                    return length;
                })
                .toList();
    }
}
