package dev.infermark.regress.select;

import dev.infermark.base.Median;
import java.util.Arrays;
import java.util.List;

/** The one number that stands for a fork; forks, not iterations, are the independent samples of a benchmark. */
public enum ForkStatistic {
    /** Median of the iterations: a slow iteration, such as a late compilation, does not move it. */
    MEDIAN {
        @Override
        public double of(double[] iterations) {
            return Median.of(iterations);
        }
    },
    /** Mean of the iterations, as JMH's score. */
    MEAN {
        @Override
        public double of(double[] iterations) {
            return Arrays.stream(iterations).average().orElseThrow();
        }
    };

    /** The statistic of one fork's iterations, of which there is at least one. */
    public abstract double of(double[] iterations);

    /** The statistic of each fork. */
    public double[] ofEach(List<double[]> forks) {
        return forks.stream().mapToDouble(this::of).toArray();
    }
}
