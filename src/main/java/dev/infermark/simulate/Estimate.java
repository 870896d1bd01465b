package dev.infermark.simulate;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

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
        return Stream.of(Resource.values())
                .max(Comparator.comparingDouble(this::secondsBoundBy))
                .orElseThrow();
    }

    private double secondsBoundBy(Resource resource) {
        return stages.stream()
                .filter(stage -> stage.boundBy() == resource)
                .mapToDouble(StageTime::seconds)
                .sum();
    }
}
