package dev.infermark.bench.result;

import dev.infermark.base.Median;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** Whether what was measured had settled, so that its median says how fast it is. */
public enum Steadiness {
    /** Iterations and forks tell one speed. */
    STEADY,
    /** The JIT compilers were still at work. */
    COMPILING,
    /** Later iterations of a fork run at another speed than earlier ones. */
    DRIFTING,
    /** Fresh JVMs run at different speeds. */
    FORKS_APART,
    /** The iterations are not at hand. */
    UNKNOWN;

    /** The share of an iteration in which compilers work that run none of what is measured. */
    private static final double COMPILER_SHARE = 0.5;
    /** How far two levels lie apart at least: several times what iterations of settled code differ by. */
    private static final double LEVELS_APART = 0.15;
    /** Iterations on either side of a change; fewer are outliers, which a median leaves out. */
    private static final int SIDE = 2;

    /**
     * Judges a row by its iterations.
     *
     * <p>One fork that had not settled does not count where most had, nor does one that lies far from the others: the
     * row's median over forks leaves it out.
     *
     * @param forks the values of each fork's iterations, in order
     * @param compilerShares of each fork, the share of each iteration in which the JIT compilers worked; empty where
     *     that was not observed
     */
    static Steadiness of(List<double[]> forks, List<double[]> compilerShares) {
        if (isMost(compilerShares.stream().filter(Steadiness::isCompiling).count(), forks.size())) {
            return COMPILING;
        }
        if (isMost(forks.stream().filter(Steadiness::isDrifting).count(), forks.size())) {
            return DRIFTING;
        }
        return areApart(forks.stream().map(Median::of).toList()) ? FORKS_APART : STEADY;
    }

    private static boolean isMost(long some, int all) {
        return 2 * some >= all;
    }

    /** Whether compilers were busy in as many iterations as the median needs. */
    private static boolean isCompiling(double[] shares) {
        long busy = Arrays.stream(shares).filter(share -> share > COMPILER_SHARE).count();
        return isMost(busy, shares.length);
    }

    /** Whether a cut parts the iterations into two levels that do not overlap. */
    private static boolean isDrifting(double[] values) {
        int side = Math.min(SIDE, values.length / 2);
        return side > 0 && IntStream.rangeClosed(side, values.length - side).anyMatch(cut -> isCut(values, cut));
    }

    private static boolean isCut(double[] values, int cut) {
        double[] before = Arrays.copyOfRange(values, 0, cut);
        double[] after = Arrays.copyOfRange(values, cut, values.length);
        double median = Median.of(values);
        double levels = Math.abs(Median.of(before) - Median.of(after));
        return levels > LEVELS_APART * median && (max(before) < min(after) || max(after) < min(before));
    }

    /** Whether forks lie apart even without the most distant of them. */
    private static boolean areApart(List<Double> medians) {
        double median = Median.of(medians.stream().mapToDouble(Double::doubleValue).toArray());
        double[] near = medians.stream()
                .sorted(Comparator.comparingDouble(value -> Math.abs(value - median)))
                .limit(Math.max(2, medians.size() - 1))
                .mapToDouble(Double::doubleValue)
                .toArray();
        return max(near) - min(near) > LEVELS_APART * median;
    }

    private static double max(double[] values) {
        return Arrays.stream(values).max().orElseThrow();
    }

    private static double min(double[] values) {
        return Arrays.stream(values).min().orElseThrow();
    }

    /** The word in files, such as {@code forks-apart}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Whether the row's numbers are not to be trusted. */
    public boolean isUnsteady() {
        return this == COMPILING || this == DRIFTING || this == FORKS_APART;
    }

    /** What people read: {@code steady}, or {@code not steady} and why. */
    public String remark() {
        return switch (this) {
            case STEADY, UNKNOWN -> label();
            case COMPILING -> "not steady: compiling";
            case DRIFTING -> "not steady: drifting";
            case FORKS_APART -> "not steady: forks apart";
        };
    }
}
