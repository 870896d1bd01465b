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
    record Operand(TensorType type, boolean isStored, boolean isImage) {}

    /** What happens to a product on its way, and where its left operand comes from. */
    record Evacuation(boolean isActivated, boolean isMasked, boolean isOfProbabilities) {
        static final Evacuation NONE = new Evacuation(false, false, false);
    }

    static Likeness of(Node node, Fusion fusion, Images images, ProductLowering products) {
        Evacuation evacuation = Fusion.isProduct(node)
                ? new Evacuation(
                        fusion.isActivated(node),
                        fusion.isMasked(node),
                        node.operator() instanceof MatMul
                                && products.isProbability(node.inputs().getFirst()))
                : Evacuation.NONE;
        return new Likeness(
                node.operator(),
                operands(node.inputs(), images),
                operands(node.outputs(), images),
                fusion.of(node),
                evacuation,
                node.repetitions());
    }

    private static List<Operand> operands(List<Tensor> tensors, Images images) {
        List<Operand> operands = new ArrayList<>(tensors.size());
        for (Tensor tensor : tensors) {
            operands.add(new Operand(tensor.type(), tensor.role().isStored(), images.contains(tensor)));
        }
        return operands;
    }
}
