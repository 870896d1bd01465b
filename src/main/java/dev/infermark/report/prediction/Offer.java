package dev.infermark.report.prediction;

import dev.infermark.deploy.Cost;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.uncertainty.Interval;

/**
 * A deployment that a user may choose, with everything that speaks for or against it.
 *
 * @param inputs types and shapes of what each call is given
 * @param prediction how it behaves
 * @param interval how far its latency may be off
 * @param cost what it costs
 * @param region region that the price holds for
 * @param priceDate when the price held
 */
public record Offer(
        String inputs, Prediction prediction, Interval interval, Cost cost, String region, String priceDate) {}
