package dev.infermark.simulate;

import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.InstructionGroup.Passes;
import dev.infermark.lower.InstructionGroup.Task;
import dev.infermark.lower.InstructionGroup.Transfer;
import java.util.List;

/**
 * The documented time of a stage: what it costs under every calibration, release and deployment.
 *
 * @param computing each engine for itself, transfers aside
 * @param softmax what of it are the passes of softmax
 * @param streaming transfers that may be fetched ahead
 * @param sharing transfers of weights that were read before in the run, which may be fetched ahead too
 * @param spilling activations that make a round trip through device memory
 * @param scores attention's scores of many keys, out to device memory and back
 * @param relayout results of convolutions that are written in another layout
 */
public record StageCost(
        ResourceSeconds computing,
        ResourceSeconds softmax,
        double streaming,
        double sharing,
        double spilling,
        double scores,
        double relayout) {

    /** The cost of a stage that does this. */
    static StageCost of(List<InstructionGroup> groups, InstructionCosts costs) {
        ResourceSeconds computing = ResourceSeconds.NONE;
        ResourceSeconds softmax = ResourceSeconds.NONE;
        double streaming = 0;
        double sharing = 0;
        double spilling = 0;
        double scores = 0;
        double relayout = 0;
        for (InstructionGroup group : groups) {
            double seconds = costs.seconds(group);
            if (group instanceof Transfer transfer) {
                switch (transfer.purpose()) {
                    case WEIGHTS, GATHER -> streaming += seconds;
                    case SHARED_WEIGHTS -> sharing += seconds;
                    case SCORES -> scores += seconds;
                    case SPILL -> spilling += seconds;
                    case RELAYOUT -> relayout += seconds;
                }
            } else {
                ResourceSeconds own = ResourceSeconds.of(costs.resource(group), seconds);
                computing = computing.plus(own);
                if (group instanceof Passes passes && passes.task() == Task.SOFTMAX) {
                    softmax = softmax.plus(own);
                }
            }
        }
        return new StageCost(computing, softmax, streaming, sharing, spilling, scores, relayout);
    }
}
