package dev.infermark.plan;

import java.util.Comparator;

/** What makes one offer better than another. */
public enum Ranking {
    /** Least cost; the faster one of equal cost. */
    COST(Comparator.comparingDouble(Offer::costPerMillion).thenComparingDouble(Ranking::seconds)),
    /** Least time; the cheaper one of equal time. */
    LATENCY(Comparator.comparingDouble(Ranking::seconds).thenComparingDouble(Offer::costPerMillion)),
    /** Fewest chips for one copy, then least cost. */
    CHIPS(Comparator.<Offer>comparingInt(offer -> offer.candidate().setup().chipsPerCopy())
            .thenComparingDouble(Offer::costPerMillion)
            .thenComparingDouble(Ranking::seconds));

    @SuppressWarnings("ImmutableEnumChecker") // Comparators without state.
    private final Comparator<Offer> order;

    Ranking(Comparator<Offer> order) {
        this.order = order;
    }

    /** The order, best first. */
    public Comparator<Offer> order() {
        return order;
    }

    private static double seconds(Offer offer) {
        return offer.candidate().speed().seconds();
    }
}
