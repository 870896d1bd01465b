package dev.infermark.simulate;


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

    /** Whether this stage does the same as another in the same time. */
    public boolean doesAs(StageTime other) {
        return shares.equals(other.shares) && busy.equals(other.busy);
    }

    /** Seconds after the start of the network at which the stage has ended. */
    public double end() {
        return start + seconds();
    }
}
