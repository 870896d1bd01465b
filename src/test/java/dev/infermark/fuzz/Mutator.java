package dev.infermark.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Breaks files at random, and again in the same way from the same seed. */
final class Mutator {
    private static final int MOST_CHANGES = 4;

    /** Parts of texts that mean something to a reader. */
    private static final Pattern WORD = Pattern.compile("-?\\d+(\\.\\d+)?([eE][-+]?\\d+)?|\"[^\"]*\"|[A-Za-z_]\\w*");

    private static final List<String> WORDS = List.of(
            "0", "-1", "1", "2147483648", "9223372036854775807", "1e308", "1e999", "-1e999", "5e-324", "NaN", "null",
            "true", "\"\"", "[]", "{}", "\"x\"", ",", ";", "\n", "\"", "\u0000", "\u001b[31m", "\u00e9", "99999999999");

    private static final int[] BYTES = {0, 1, 0x7f, 0x80, 0xff, '"', '{', '\n', '0'};

    private final SplittableRandom random;

    Mutator(long seed) {
        random = new SplittableRandom(seed);
    }

    /** A copy with one to four changes. */
    byte[] mutate(byte[] whole) {
        byte[] bytes = whole;
        for (int changes = 1 + random.nextInt(MOST_CHANGES); changes > 0 && bytes.length > 0; changes--) {
            bytes = random.nextBoolean() && isText(bytes) ? changeWord(bytes) : changeBytes(bytes);
        }
        return bytes;
    }

    private static boolean isText(byte[] bytes) {
        for (int i = 0; i < Math.min(bytes.length, 256); i++) {
            if (bytes[i] < ' ' && bytes[i] != '\n' && bytes[i] != '\r' && bytes[i] != '\t') {
                return false;
            }
        }
        return true;
    }

    private byte[] changeWord(byte[] bytes) {
        String text = new String(bytes, StandardCharsets.UTF_8);
        List<MatchResult> words = WORD.matcher(text).results().toList();
        if (words.isEmpty()) {
            return changeBytes(bytes);
        }
        MatchResult word = words.get(random.nextInt(words.size()));
        String other = random.nextInt(3) == 0
                ? words.get(random.nextInt(words.size())).group()
                : WORDS.get(random.nextInt(WORDS.size()));
        return (text.substring(0, word.start()) + other + text.substring(word.end())).getBytes(StandardCharsets.UTF_8);
    }

    private byte[] changeBytes(byte[] bytes) {
        int from = random.nextInt(bytes.length);
        int to = Math.min(bytes.length, from + 1 + random.nextInt(1 + Math.min(64, bytes.length)));
        return switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, from);
            case 1 -> join(bytes, from, new byte[0], to);
            case 2 -> join(bytes, to, Arrays.copyOfRange(bytes, from, to), to);
            case 3 -> join(bytes, from, new byte[] {(byte) BYTES[random.nextInt(BYTES.length)]}, from + 1);
            case 4 -> join(bytes, from, new byte[] {(byte) random.nextInt(256)}, from);
            default -> join(bytes, from, new byte[] {(byte) (bytes[from] ^ 1 << random.nextInt(8))}, from + 1);
        };
    }

    private static byte[] join(byte[] bytes, int end, byte[] middle, int start) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, end);
        out.writeBytes(middle);
        out.write(bytes, start, bytes.length - start);
        return out.toByteArray();
    }
}
