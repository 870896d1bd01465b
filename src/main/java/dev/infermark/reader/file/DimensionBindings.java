package dev.infermark.reader.file;

import dev.infermark.base.UserError;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Sizes for the dimensions that a file leaves open, by name.
 *
 * <p>Exporters spell the common ones differently; {@code batch} also stands for {@code batch_size} and {@code N}, and
 * {@code sequence} for {@code sequence_length}, {@code seq_len} and their like. A sum such as
 * {@code past_sequence_length + 1} is computed from its terms. One instance serves one reading of one file.
 */
public final class DimensionBindings {
    private static final Map<String, String> SYNONYMS = Map.of(
            "n", "batch",
            "bs", "batch",
            "batchsize", "batch",
            "seq", "sequence",
            "seqlen", "sequence",
            "sequencelength", "sequence",
            "seqlength", "sequence",
            "maxseqlen", "sequence",
            "tokens", "sequence");

    private final Map<String, Long> sizes;
    private final Set<String> used = new HashSet<>();
    private final Set<String> missing = new TreeSet<>();

    /** Sizes by name, each from 1 to 2^32. */
    public DimensionBindings(Map<String, Long> sizes) {
        this.sizes = new TreeMap<>(sizes);
        this.sizes.forEach((name, size) -> {
            if (size < 1 || size > 1L << 32) {
                throw new UserError("dimension " + name + " is " + size + "; give a size from 1 to 2^32");
            }
        });
    }

    /** No sizes, for files that leave nothing open. */
    public static DimensionBindings none() {
        return new DimensionBindings(Map.of());
    }

    /** Whether no sizes were given. */
    boolean isEmpty() {
        return sizes.isEmpty();
    }

    /** The size of an open dimension, whose absence is remembered for {@link #check}. */
    public OptionalLong size(String name) {
        OptionalLong size = lookUp(name);
        if (size.isEmpty()) {
            missing.add(name);
        }
        return size;
    }

    /** The size of an open dimension that may also be called otherwise. */
    public OptionalLong given(String name) {
        return lookUp(name);
    }

    /**
     * Refuses names that were asked for and not given, and names that were given and not asked for.
     *
     * @param file what messages call the file
     * @throws UserError naming the dimensions and the option that fixes it
     */
    public void check(String file) {
        if (!missing.isEmpty()) {
            throw new UserError(file + " leaves the size of " + String.join(", ", missing) + " open; give "
                    + String.join(" ", missing.stream().map(DimensionBindings::option).toList()));
        }
        List<String> strays = new ArrayList<>(sizes.keySet());
        strays.removeAll(used);
        if (!strays.isEmpty()) {
            throw new UserError(file + " has no open dimension " + String.join(", ", strays)
                    + "; leave it out, or export the model with that dimension open");
        }
    }

    private OptionalLong lookUp(String name) {
        if (name.indexOf('+') > 0) {
            return sum(name);
        }
        String wanted = name.strip();
        if (!wanted.isEmpty() && wanted.length() < 10 && wanted.chars().allMatch(Character::isDigit)) {
            return OptionalLong.of(Long.parseLong(wanted));
        }
        Long exact = sizes.get(wanted);
        if (exact != null) {
            used.add(wanted);
            return OptionalLong.of(exact);
        }
        for (Map.Entry<String, Long> entry : sizes.entrySet()) {
            if (canonical(entry.getKey()).equals(canonical(wanted))) {
                used.add(entry.getKey());
                return OptionalLong.of(entry.getValue());
            }
        }
        return OptionalLong.empty();
    }

    private OptionalLong sum(String terms) {
        long sum = 0;
        for (String term : terms.split("\\+", -1)) {
            OptionalLong size = lookUp(term);
            if (size.isEmpty()) {
                return size;
            }
            sum += size.getAsLong();
        }
        return OptionalLong.of(sum);
    }

    private static String canonical(String name) {
        String bare = name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]", "");
        return SYNONYMS.getOrDefault(bare, bare);
    }

    private static String option(String name) {
        int size = canonical(name).equals("sequence") ? 128 : 1;
        return name.indexOf(' ') < 0 ? "--dim " + name + "=" + size : "--dim '" + name + "'=" + size;
    }
}
