package dev.infermark.regress.study;

/** Counts how many of some cases had a property. */
final class Ratio {
    private long hits;
    private long cases;

    void add(boolean hit) {
        cases++;
        hits += hit ? 1 : 0;
    }

    /** The share, 0 where there was no case. */
    double value() {
        return cases == 0 ? 0 : (double) hits / cases;
    }
}
