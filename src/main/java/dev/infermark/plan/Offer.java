package dev.infermark.plan;

/**
 * As many instances of a candidate as a demand takes.
 *
 * @param candidate what each instance does
 * @param instances how many there are
 * @param costPerMillion dollars for a million sequences, images or output tokens of the demand, idle time included
 * @param p99 99th percentile of a call in seconds, with the queue where requests arrive at random; of text generation
 *     the whole request
 */
public record Offer(Candidate candidate, int instances, double costPerMillion, double p99) {

    /** Dollars per hour of all instances. */
    public double dollarsPerHour() {
        return instances * candidate.price().dollarsPerHour();
    }

    /** Whether the lead of another offer lies within the interval of this one's cost. */
    public boolean tiesWith(Offer better) {
        return candidate.interval().contains(costPerMillion, better.costPerMillion);
    }
}
