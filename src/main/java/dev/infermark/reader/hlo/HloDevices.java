package dev.infermark.reader.hlo;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The devices that a module was written for.
 *
 * @param replicas how many run it, each for inputs of its own
 * @param partitions how many share each replica
 * @param divided how many a partitioner has divided a tensor among already; empty where none has run
 * @param axes how many there are along each axis of the meshes that Shardy's annotations name
 */
record HloDevices(long replicas, long partitions, OptionalLong divided, Map<String, Long> axes) {
    /** A single one. */
    static final HloDevices ONE = new HloDevices(1, 1, OptionalLong.empty(), Map.of());

    /** {@code "model"=4}, whose quotes text escapes. */
    private static final Pattern AXIS = Pattern.compile("\"([^\"\\\\]{1,99})\\\\?\"=(\\d{1,6})");

    private static final Pattern REPLICAS = Pattern.compile(", replica_count=(\\d{1,6})\\b");
    private static final Pattern PARTITIONS = Pattern.compile(", num_partitions=(\\d{1,6})\\b");

    /** Copies the map. */
    HloDevices {
        axes = Map.copyOf(axes);
    }

    /** What the first line of a text says. */
    static HloDevices of(String header) {
        return new HloDevices(
                number(REPLICAS, header), number(PARTITIONS, header), OptionalLong.empty(), axes(header));
    }

    /** The axes of the meshes in a text, such as {@code #sdy.mesh<["data"=2, "model"=4]>}. */
    static Map<String, Long> axes(String meshes) {
        Map<String, Long> axes = new HashMap<>();
        if (meshes.contains("#sdy.mesh")) {
            AXIS.matcher(meshes).results().forEach(axis -> axes.put(axis.group(1), Long.parseLong(axis.group(2))));
        }
        return axes;
    }

    private static long number(Pattern pattern, String header) {
        Matcher matcher = pattern.matcher(header);
        return matcher.find() ? Math.max(1, Long.parseLong(matcher.group(1))) : 1;
    }
}
