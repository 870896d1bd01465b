package dev.infermark.deploy;

import dev.infermark.deploy.uncertainty.Interval;

/**
 * The whole answer about a deployment: how it behaves, how far that may be off, and what it costs.
 *
 * @param network what is deployed
 * @param prediction how it behaves
 * @param interval how far latency and throughput may be off
 * @param cost what it costs
 * @param region region that the price holds for
 * @param priceDate when the price held
 */
public record Quote(
        Network network, Prediction prediction, Interval interval, Cost cost, String region, String priceDate) {}
