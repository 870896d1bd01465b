package dev.infermark.plan;

/**
 * What one change to a deployment brings.
 *
 * @param change in words
 * @param latency times the latency
 * @param throughput times the throughput
 * @param cost times the cost of an inference or token
 * @param boundBy what most of the time is due to then
 */
public record WhatIf(String change, double latency, double throughput, double cost, String boundBy) {

    /** What it brings to be changed from one candidate to another. */
    static WhatIf of(String change, Candidate from, Candidate to) {
        return new WhatIf(
                change,
                seconds(to.speed()) / seconds(from.speed()),
                to.throughput() / from.throughput(),
                to.costPerMillion() / from.costPerMillion(),
                to.boundBy());
    }

    private static double seconds(Speed speed) {
        return switch (speed) {
            case Speed.Calls(double p50, _) -> p50;
            case Speed.Tokens(_, double tpot, _) -> tpot;
        };
    }
}
