package dev.infermark.report;

import dev.infermark.deploy.Cost;
import dev.infermark.deploy.Prediction;
import dev.infermark.validate.Interval;

/**
 * A deployment that a user may choose, with everything that speaks for or against it.
 *
 * @param prediction how it behaves
 * @param interval how far its latency may be off
 * @param cost what it costs
 */
public record Offer(Prediction prediction, Interval interval, Cost cost) {}
