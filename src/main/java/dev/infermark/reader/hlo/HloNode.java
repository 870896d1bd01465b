package dev.infermark.reader.hlo;

import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import dev.infermark.reader.translate.Arithmetic;
import dev.infermark.reader.translate.Movement;
import dev.infermark.reader.translate.Translation;
import dev.infermark.reader.translate.Value;
import java.util.List;

/**
 * An instruction with its operands looked up, as the operations see it.
 *
 * @param graph where nodes are written
 * @param module what it may call
 * @param instruction the instruction
 * @param name its name in the graph
 * @param operands its operands, which may lack axes that broadcasting would give them
 * @param types the types that its operands are declared to have
 */
record HloNode(
        Translation graph,
        HloModule module,
        HloInstruction instruction,
        String name,
        List<Value> operands,
        List<TensorType> types) {

    Arithmetic arithmetic() {
        return new Arithmetic(graph);
    }

    Movement movement() {
        return new Movement(graph);
    }

    /** An operand as it is, for operations that broadcast by themselves. */
    Value operand(int index) {
        if (index >= operands.size()) {
            throw new IllegalArgumentException("operand " + index + " is missing");
        }
        return operands.get(index);
    }

    /** An operand with all axes and sizes that it is declared to have. */
    Value complete(int index) {
        Value value = operand(index);
        return HloOperand.complete(graph, name + "." + index, value, types.get(index));
    }

    /** The type of the result. */
    TensorType type() {
        return instruction.shape().type();
    }

    /** The shape of the result. */
    Shape shape() {
        return type().shape();
    }
}
