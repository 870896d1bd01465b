package dev.infermark.reader.hlo;

import dev.infermark.graph.Gather;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Transpose;
import dev.infermark.reader.translate.Literal;
import dev.infermark.reader.translate.Movement;
import dev.infermark.reader.translate.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Constants, and operations that move or rename elements. */
final class HloMovements {

    private HloMovements() {}

    /** The result of an instruction of this kind. */
    static Optional<Value> translate(HloNode node) {
        HloInstruction instruction = node.instruction();
        Movement movement = node.movement();
        return switch (instruction.opcode()) {
            case "constant" -> Optional.of(constant(node));
            case "iota" -> Optional.of(iota(node));
            case "copy", "copy-start", "copy-done", "reverse" -> Optional.of(node.operand(0));
            case "broadcast" ->
                    Optional.of(HloOperand.placed(
                            node.graph(), node.name(), node.complete(0), instruction.axes("dimensions"), node.shape()));
            case "reshape", "bitcast", "dynamic-reshape" ->
                    Optional.of(movement.reshape(node.name(), node.complete(0), node.shape()));
            case "transpose" ->
                    Optional.of(movement.transpose(
                            node.name(), node.complete(0), new Transpose(instruction.axes("dimensions"))));
            case "slice" -> Optional.of(slice(node));
            case "dynamic-slice" -> Optional.of(dynamicSlice(node));
            case "concatenate" -> Optional.of(concatenate(node));
            case "pad" -> Optional.of(pad(node));
            case "gather" -> gather(node);
            default -> Optional.empty();
        };
    }

    /** A number that can be computed with, or a tensor that is stored with the program. */
    private static Value constant(HloNode node) {
        TensorType type = node.type();
        String literal = node.instruction().text("literal").strip();
        if (type.shape().elements() == 1 && literal.matches("\\{*([-+0-9.eE]+|-?inf|nan)}*|true|false")) {
            String bare = literal.replaceAll("[{}]", "");
            return node.graph().known(Literal.of(type, number(bare)));
        }
        return type.type().isFloatingPoint() && type.shape().elements() > 1
                ? node.graph().parameter(node.instruction().name(), type)
                : node.graph().constant(node.instruction().name(), type);
    }

    private static double number(String text) {
        return switch (text) {
            case "true" -> 1;
            case "false" -> 0;
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> Double.parseDouble(text);
        };
    }

    private static Value iota(HloNode node) {
        return node.graph().constant(node.name(), node.type());
    }

    private static Value slice(HloNode node) {
        List<Long> ranges = node.instruction().list("slice");
        List<Long> starts = new ArrayList<>();
        List<Long> steps = new ArrayList<>();
        for (int i = 0; i + 2 < ranges.size(); i += 3) {
            starts.add(ranges.get(i));
            steps.add(ranges.get(i + 2));
        }
        return node.movement().slice(node.name(), node.complete(0), starts, steps, node.shape());
    }

    private static Value dynamicSlice(HloNode node) {
        Value x = node.complete(0);
        Value part = x;
        for (int axis = 0; axis < node.shape().rank(); axis++) {
            long length = node.shape().dimension(axis);
            if (length == x.dimension(axis)) {
                continue;
            }
            Value start = node.operand(Math.min(axis + 1, node.operands().size() - 1));
            long last = x.dimension(axis) - length;
            if (start.literal().isPresent()) {
                // XLA moves a part that would end after the tensor.
                Slice known = Slice.of(axis, Math.clamp(start.known().number(), 0, Math.max(0, last)), length);
                part = node.graph().add(node.name(), known, part);
            } else {
                part = node.graph().add(node.name(), Slice.of(axis, 0, length), part, start);
            }
        }
        return part;
    }

    private static Value concatenate(HloNode node) {
        List<Value> parts = new ArrayList<>();
        for (int i = 0; i < node.operands().size(); i++) {
            parts.add(node.complete(i));
        }
        return node.movement().concat(
                node.name(), parts, node.instruction().axes("dimensions").getFirst());
    }

    private static Value pad(HloNode node) {
        Value x = node.complete(0);
        List<Long> numbers = node.instruction().list("padding");
        List<Long> before = new ArrayList<>();
        List<Long> after = new ArrayList<>();
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            boolean isGiven = 3 * axis + 2 < numbers.size();
            boolean isPlain = isGiven && numbers.get(3 * axis + 2) == 0;
            before.add(isPlain ? numbers.get(3 * axis) : 0);
            after.add(node.shape().dimension(axis) - x.dimension(axis) - before.getLast());
        }
        return node.movement().pad(node.name(), x, before, after);
    }

    /** The lookup of whole rows along one axis, as embeddings are; other forms are not modelled. */
    private static Optional<Value> gather(HloNode node) {
        Value table = node.complete(0);
        List<Integer> axes = node.instruction().axes("start_index_map");
        List<Long> sizes = node.instruction().list("slice_sizes");
        if (axes.size() != 1 || sizes.size() != table.shape().rank() || sizes.get(axes.getFirst()) != 1) {
            return Optional.empty();
        }
        int axis = axes.getFirst();
        if (!table.shape().with(axis, 1).equals(new Shape(sizes))) {
            return Optional.empty();
        }
        Value indices = node.complete(1);
        Value flat = node.movement().reshape(
                node.name() + ".indices", indices, Shape.of(indices.shape().elements()));
        Value rows = node.graph().add(node.name(), new Gather(axis), table, flat);
        return Optional.of(node.movement().reshape(node.name() + ".rows", rows, node.shape()));
    }
}
