package dev.infermark.kernel.simd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The cache next to the first, of which each core has its own. */
final class SecondLevelCache {
    private static final Path SIZE = Path.of("/sys/devices/system/cpu/cpu0/cache/index2/size");
    /** Below 10 MiB: what is larger is shared by cores. */
    private static final Pattern KIBIBYTES = Pattern.compile("([1-9]\\d{0,3})K\\s*");

    /** As processors of servers mostly have, where the system does not tell a size for one core. */
    private static final int USUAL = 1 << 20;

    /** How much it holds. */
    static final int BYTES = size();

    private SecondLevelCache() {}

    private static int size() {
        try {
            Matcher matcher = KIBIBYTES.matcher(Files.readString(SIZE));
            return matcher.matches() ? Integer.parseInt(matcher.group(1)) << 10 : USUAL;
        } catch (IOException _) {
            return USUAL;
        }
    }
}
