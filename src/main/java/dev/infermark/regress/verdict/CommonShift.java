package dev.infermark.regress.verdict;

import dev.infermark.base.Median;
import dev.infermark.regress.statistics.Robust;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A shift that all benchmarks of a suite have in common: more often the machine's than the code's.
 *
 * @param benchmarks how many there are
 * @param slowdown median over the benchmarks, 0.08 for 8 % slower
 */
public record CommonShift(int benchmarks, double slowdown) {
    private static final int LEAST_BENCHMARKS = 5;
    private static final double LEAST = 0.02;

    /** The shift, where the benchmarks lie far closer to it than to none. */
    public static Optional<CommonShift> of(List<Judgement> judgements) {
        double[] shifts = judgements.stream()
                .filter(j -> j.baseline() > 0 && j.candidate() > 0)
                .mapToDouble(j -> {
                    double shift = Math.log(j.candidate() / j.baseline());
                    return j.comparison().direction().isWorse(1) ? shift : -shift;
                })
                .toArray();
        if (shifts.length < LEAST_BENCHMARKS) {
            return Optional.empty();
        }
        double median = Median.of(shifts);
        boolean isCommon = Math.abs(median) >= Math.log1p(LEAST)
                && Robust.spread(shifts, median) < Math.abs(median) / 3;
        return isCommon ? Optional.of(new CommonShift(shifts.length, Math.expm1(median))) : Optional.empty();
    }

    /** One sentence for people. */
    public String sentence() {
        return String.format(
                Locale.ROOT,
                "all %,d benchmarks are about %.0f %% %s: the machine rather than the change? measure both in turns"
                        + " with infermark regress ab",
                benchmarks,
                100 * Math.abs(slowdown),
                slowdown > 0 ? "slower" : "faster");
    }
}
