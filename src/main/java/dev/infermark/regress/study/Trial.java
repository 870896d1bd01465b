package dev.infermark.regress.study;

import dev.infermark.jmh.Direction;
import java.util.List;

/**
 * One benchmark of a suite in which it is known what changed.
 *
 * @param benchmark name
 * @param direction which way the value gets better
 * @param quiet whether the benchmark's run-to-run spread is below 2 %
 * @param baseline forks before
 * @param candidate forks after, as measured: without any change
 */
record Trial(
        String benchmark, Direction direction, boolean quiet, List<ForkSummary> baseline, List<ForkSummary> candidate) {

    /** Run-to-run spread below which a benchmark counts as quiet. */
    static final double QUIET = 0.02;

    Trial {
        baseline = List.copyOf(baseline);
        candidate = List.copyOf(candidate);
    }

    /** The trial with a candidate that is worse by the given share. */
    Trial worsened(double change) {
        double factor = direction == Direction.LOWER ? 1 + change : 1 / (1 + change);
        return new Trial(
                benchmark,
                direction,
                quiet,
                baseline,
                candidate.stream().map(fork -> fork.times(factor)).toList());
    }
}
