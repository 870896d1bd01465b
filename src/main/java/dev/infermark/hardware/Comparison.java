package dev.infermark.hardware;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a publication says about one chip over another, to stand beside the ratios of their figures.
 *
 * @param chip name of the newer chip
 * @param baseline name of the chip it is compared with
 * @param published the published ratios
 */
public record Comparison(String chip, String baseline, Map<ComparedQuantity, Figure> published) {

    /** Checks every unit. */
    public Comparison {
        published.forEach((quantity, figure) -> figure.requirePositive(Support.label(quantity), Dimension.RATIO));
        published = Collections.unmodifiableMap(new EnumMap<>(published));
    }

    /** The published ratio of a quantity, where there is one. */
    public Optional<Figure> publishedRatio(ComparedQuantity quantity) {
        return Optional.ofNullable(published.get(quantity));
    }

    /** How many times the baseline's quantity the chip's is, computed from their figures. */
    public double ratio(ComparedQuantity quantity, Catalog catalog) {
        return quantity.of(catalog.chip(chip)) / quantity.of(catalog.chip(baseline));
    }
}
