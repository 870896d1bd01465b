package dev.infermark.regress.statistics;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Adjusts the p-values of a whole suite, because a hundred tests at 5 % raise five false alarms. */
public enum ErrorControl {
    /**
     * Benjamini and Hochberg (J. R. Statist. Soc. B 57, 1995): bounds the share of false alarms among all alarms; where
     * nothing changed that is the chance of any alarm.
     */
    BH {
        @Override
        double factor(int rank, int tests) {
            return (double) tests / rank;
        }

        @Override
        void makeMonotone(double[] ascending) {
            for (int i = ascending.length - 2; i >= 0; i--) {
                ascending[i] = Math.min(ascending[i], ascending[i + 1]);
            }
        }
    },
    /** Holm (Scand. J. Statist. 6, 1979): bounds the chance of any false alarm whatever else changed. */
    HOLM {
        @Override
        double factor(int rank, int tests) {
            return tests - rank + 1;
        }

        @Override
        void makeMonotone(double[] ascending) {
            for (int i = 1; i < ascending.length; i++) {
                ascending[i] = Math.max(ascending[i], ascending[i - 1]);
            }
        }
    };

    abstract double factor(int rank, int tests);

    abstract void makeMonotone(double[] ascending);

    /** The adjusted p-values, in the order given; those at or below a level are alarms at that level. */
    public double[] adjust(double... p) {
        int[] order = IntStream.range(0, p.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> p[i]))
                .mapToInt(Integer::intValue)
                .toArray();
        double[] ascending = new double[p.length];
        for (int i = 0; i < p.length; i++) {
            ascending[i] = p[order[i]] * factor(i + 1, p.length);
        }
        makeMonotone(ascending);
        double[] adjusted = new double[p.length];
        Arrays.setAll(ascending, i -> Math.min(1, ascending[i]));
        for (int i = 0; i < p.length; i++) {
            adjusted[order[i]] = ascending[i];
        }
        return adjusted;
    }
}
