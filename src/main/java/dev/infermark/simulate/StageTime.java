package dev.infermark.simulate;

import java.util.List;

/**
 * When a stage runs, how long each resource works in it, and what its time is spent on.
 *
 * @param name the layer
 * @param start seconds after the start of the network
 * @param busy seconds for which each resource works, no more than the stage takes: engines by their documented costs,
 *     DMA at the rate that it sustains
 * @param shares the resource to which each part of the stage's time is due; their sum is that time
 */
public record StageTime(String name, double start, ResourceSeconds busy, ResourceSeconds shares) {

    /** How long the stage takes. */
    public double seconds() {
        return shares.sum();
    }

    /** Seconds for which a resource works. */
    public double busy(Resource resource) {
        return busy.of(resource);
    }

    /** The resource that most of the stage's time is due to. */
    public Resource boundBy() {
        return shares.largest();
    }

    /** How many stages at the start of a list do the same in the same time as this one. */
    public int equalAtStart(List<StageTime> stages) {
        int count = 0;
        while (count < stages.size()
                && stages.get(count).shares().equals(shares)
                && stages.get(count).busy().equals(busy)) {
            count++;
        }
        return count;
    }

    /** Seconds after the start of the network at which the stage has ended. */
    public double end() {
        return start + seconds();
    }
}
