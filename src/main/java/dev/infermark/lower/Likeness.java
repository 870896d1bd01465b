package dev.infermark.lower;

import dev.infermark.graph.MatMul;
import dev.infermark.graph.Node;
import dev.infermark.graph.Operator;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * All that the lowering of a node depends on but its name: nodes that are alike have the same instructions.
 *
 * @param operator the operator
 * @param inputs what is read
 * @param outputs what is written
 * @param fusion how the node is absorbed, if it is
 * @param evacuation what is fused into moving its result out of PSUM
 * @param repetitions how often it runs
 */
record Likeness(
        Operator operator,
        List<Operand> inputs,
        List<Operand> outputs,
        Optional<FusionRule> fusion,
        Evacuation evacuation,
        long repetitions) {

    /** A tensor without its name. */
    record Operand(TensorType type, boolean isStored, boolean isShared, boolean isImage) {}

    /** What happens to a matmul on its way, and where its left operand comes from. */
    record Evacuation(boolean isActivated, boolean isMasked, boolean hasExpandedMask, Left left) {
        static final Evacuation NONE = new Evacuation(false, false, false, Left.OTHER);
    }

    /** What the left operand of a matmul is. */
    enum Left {
        PROBABILITIES,
        PROBABILITIES_OF_MASKED,
        OTHER;

        private static Left of(Tensor left, Fusion fusion) {
            return !fusion.isProbability(left) ? OTHER
                    : fusion.isOfMasked(left) ? PROBABILITIES_OF_MASKED : PROBABILITIES;
        }
    }

    static Likeness of(Node node, Fusion fusion, Images images, StoredReads reads) {
        Evacuation evacuation = Fusion.isMatmul(node)
                ? new Evacuation(
                        fusion.isActivated(node),
                        fusion.isMasked(node),
                        fusion.hasExpandedMask(node),
                        node.operator() instanceof MatMul
                                ? Left.of(node.inputs().getFirst(), fusion)
                                : Left.OTHER)
                : Evacuation.NONE;
        return new Likeness(
                node.operator(),
                operands(node, node.inputs(), images, reads),
                operands(node, node.outputs(), images, reads),
                fusion.of(node),
                evacuation,
                node.repetitions());
    }

    private static List<Operand> operands(Node node, List<Tensor> tensors, Images images, StoredReads reads) {
        List<Operand> operands = new ArrayList<>(tensors.size());
        for (Tensor tensor : tensors) {
            operands.add(new Operand(
                    tensor.type(), tensor.role().isStored(), reads.isShared(node, tensor), images.contains(tensor)));
        }
        return operands;
    }
}
