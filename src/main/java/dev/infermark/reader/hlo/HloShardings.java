package dev.infermark.reader.hlo;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * What annotations say of cores, in text ({@code {devices=[1,8,2]<=[16] last_tile_dim_replicate}}) and as
 * {@code OpSharding}. The last dimensions may say how often each part is copied or who computes it by hand, which
 * divides nothing.
 */
final class HloShardings {
    private static final Pattern DEVICES = Pattern.compile(
            "devices=\\[(\\d{1,6}(?:,\\d{1,6}){0,15})](?:(?!devices=|last_tile_dims=)[^{}])*+"
                    + "(?:last_tile_dims=\\{([^{}]*)})?");

    /** Of Shardy's {@code #sdy.sharding<@mesh, [{"data"}, {"model"}]>} what stands for the tensor's dimensions. */
    private static final Pattern DIMENSIONS =
            Pattern.compile("@[\\w.]++\\s*+,\\s*+\\[((?:\\{[^{}]*+}[,\\s]*+)*+)]");

    /** An axis of the mesh, or a part of one: {@code "model":(1)2}. */
    private static final Pattern AXIS =
            Pattern.compile("\"([^\"\\\\]{1,99})\\\\?\"(?::\\(\\d{1,6}\\)(\\d{1,6}))?");

    /** Far more cores than any machine has; times another dimension it still is a long. */
    private static final long MOST = 1L << 40;

    private static final int TUPLE = 2;
    private static final int MOST_NESTED = 64;

    private HloShardings() {}

    /** The most cores that a tensor is divided among by the annotation of an instruction; 1 where none is. */
    static long cores(String text) {
        return DEVICES.matcher(text)
                .results()
                .mapToLong(HloShardings::cores)
                .max()
                .orElse(1);
    }

    private static long cores(MatchResult sharding) {
        List<Long> dimensions = HloNumbers.list(sharding.group(1));
        String kinds = sharding.group(2);
        int undivided = kinds != null
                ? kinds.split(",", -1).length
                : sharding.group().contains("last_tile_dim_replicate") ? 1 : 0;
        return product(dimensions, undivided);
    }

    /** The same of Shardy's annotations, which name axes of a mesh. */
    static long cores(String text, Map<String, Long> axes) {
        return DIMENSIONS.matcher(text)
                .results()
                .mapToLong(dimensions -> product(
                        AXIS.matcher(dimensions.group(1)).results()
                                .map(axis -> axis.group(2) == null
                                        ? axes.getOrDefault(axis.group(1), 1L)
                                        : Long.parseLong(axis.group(2)))
                                .toList(),
                        0))
                .max()
                .orElse(1);
    }

    /** The same of an {@code OpSharding} message, whose parts are those of a tuple. */
    static long cores(WireMessage sharding) throws IOException {
        return cores(sharding, 0);
    }

    private static long cores(WireMessage sharding, int depth) throws IOException {
        if (depth > MOST_NESTED) {
            throw new IllegalArgumentException("shardings nested more than " + MOST_NESTED + " deep");
        }
        if (sharding.number(1) == TUPLE) {
            long most = 1;
            for (WireMessage part : sharding.messages(5)) {
                most = Math.max(most, cores(part, depth + 1));
            }
            return most;
        }
        int kinds = sharding.numbers(8).size();
        return product(sharding.numbers(3), kinds > 0 ? kinds : sharding.number(6) != 0 ? 1 : 0);
    }

    private static long product(List<Long> dimensions, int undivided) {
        return dimensions.stream()
                .limit(Math.max(0, dimensions.size() - undivided))
                .mapToLong(Long::longValue)
                .reduce(1, (a, b) -> Math.min(a * Math.clamp(b, 1, MOST >> 18), MOST));
    }
}
