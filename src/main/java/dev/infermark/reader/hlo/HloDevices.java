package dev.infermark.reader.hlo;

import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The devices that a module was written for.
 *
 * @param replicas how many run it, each for inputs of its own
 * @param partitions how many share each replica
 * @param divided how many a partitioner has divided a tensor among already; empty where none has run
 */
record HloDevices(long replicas, long partitions, OptionalLong divided) {
    /** A single one. */
    static final HloDevices ONE = new HloDevices(1, 1, OptionalLong.empty());

    private static final Pattern REPLICAS = Pattern.compile(", replica_count=(\\d{1,6})\\b");
    private static final Pattern PARTITIONS = Pattern.compile(", num_partitions=(\\d{1,6})\\b");

    /** What the first line of a text says. */
    static HloDevices of(String header) {
        return new HloDevices(number(REPLICAS, header), number(PARTITIONS, header), OptionalLong.empty());
    }

    private static long number(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        return matcher.find() ? Math.max(1, Long.parseLong(matcher.group(1))) : 1;
    }
}
