package dev.infermark.simulate;

import java.util.List;

/**
 * The modelled run of a program on one NeuronCore.
 *
 * @param stages the stages in the order in which they run
 */
public record Estimate(List<StageTime> stages) {

    /** Copies the list. */
    public Estimate {
        stages = List.copyOf(stages);
    }

    /** Seconds from the first instruction to the last. */
    public double seconds() {
        return stages.isEmpty() ? 0 : stages.getLast().end();
    }

    /** Seconds for which a resource works. */
    public double busy(Resource resource) {
        return stages.stream().mapToDouble(stage -> stage.busy(resource)).sum();
    }

    /** Seconds of the run that are due to a resource; those of all resources sum to the run. */
    public double share(Resource resource) {
        return stages.stream().mapToDouble(stage -> stage.shares().of(resource)).sum();
    }

    /** The resource that bounds the stages which together take longest. */
    public Resource boundBy() {
        ResourceSeconds bound = ResourceSeconds.NONE;
        for (StageTime stage : stages) {
            bound = bound.plus(ResourceSeconds.of(stage.boundBy(), stage.seconds()));
        }
        return bound.largest();
    }
}
