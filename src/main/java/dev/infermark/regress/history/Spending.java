package dev.infermark.regress.history;

import java.util.List;

/**
 * How much of a chance of error each look at a suite may use, so that all looks together stay bounded.
 *
 * <p>The first look, at a history of n runs, may spend the whole level at once. All later ones share the level once
 * more: the k-th of them spends the part n / ((n + k − 1)(n + k)), which adds up to no more than 1 however many follow
 * (alpha spending: Lan and DeMets, Biometrika 70, 1983; by adding up it holds whatever the looks have in common). What
 * a longer history must show grows no faster than what it can show.
 */
final class Spending {
    private Spending() {}

    /**
     * The chance of any false finding at a look after earlier ones; the latest of them, repeated, spends nothing more.
     */
    static double of(List<Look> earlier, Look now, double level) {
        int before = earlier.size() - (!earlier.isEmpty() && earlier.getLast().equals(now) ? 1 : 0);
        if (before == 0) {
            return level;
        }
        double first = earlier.getFirst().runs();
        return level * first / ((first + before - 1) * (first + before));
    }
}
