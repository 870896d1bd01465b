package dev.infermark.reader.hlo;

import java.util.HashMap;
import java.util.Map;

/** How many instructions computations have, those that they call included. */
final class HloSizes {
    /** Sizes beyond this are not told apart. */
    private static final long MOST = 1L << 40;

    private final HloModule module;
    private final Map<String, Long> known = new HashMap<>();

    HloSizes(HloModule module) {
        this.module = module;
    }

    /** The instructions of a computation, each call's counted where it is called. */
    long instructions(String name) {
        Long size = known.get(name);
        if (size != null) {
            return size;
        }
        // A computation that calls itself is refused where it is translated.
        known.put(name, MOST);
        long sum = 0;
        for (HloInstruction instruction : module.computation(name).instructions()) {
            sum++;
            for (String called : instruction.called()) {
                sum += instructions(called);
            }
        }
        long bounded = Math.min(sum, MOST);
        known.put(name, bounded);
        return bounded;
    }
}
