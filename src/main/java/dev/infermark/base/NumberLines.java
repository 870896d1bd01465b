package dev.infermark.base;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.DoubleStream;

/** Text files with one number on each line; blank lines and lines that begin with {@code #} do not count. */
public final class NumberLines {
    private static final int MOST_LINES = 100_000_000;

    private NumberLines() {}

    /** The numbers of a file, at least one; refuses, with the line, what is no finite number. */
    public static double[] read(Path file) {
        DoubleStream.Builder numbers = DoubleStream.builder();
        try (BufferedReader reader = new BufferedReader(SafeFiles.openText(file))) {
            int count = 0;
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (++count > MOST_LINES) {
                    throw new UserError(file + ": more than " + MOST_LINES + " lines; cut the file");
                }
                if (!line.isBlank() && !line.startsWith("#")) {
                    numbers.add(number(file, count, line.strip()));
                }
            }
        } catch (IOException e) {
            throw SafeFiles.unreadable(file, e);
        }
        double[] read = numbers.build().toArray();
        if (read.length == 0) {
            throw new UserError(file + " has no number; write one on each line");
        }
        return read;
    }

    private static double number(Path file, int line, String text) {
        try {
            double value = Double.parseDouble(text);
            if (Double.isFinite(value)) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is not finite.
        }
        String shown = text.length() > 40 ? text.substring(0, 40) + "…" : text;
        throw new UserError(file + ": line " + line + " is '" + shown + "', no number; write one number on each line");
    }
}
