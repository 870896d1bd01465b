package dev.infermark.reader.translate;

import dev.infermark.graph.MatMul;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Transpose;
import java.util.ArrayList;
import java.util.List;

/** Products of matrices and of tensors in general, as {@link MatMul} and what moves axes around it. */
public record Contraction(Translation graph) {

    /** Product of two matrices or stacks of them; a vector counts as one row or column, as in NumPy. */
    public Value multiply(String name, Value a, Operand left, Value b, Operand right) {
        Movement movement = new Movement(graph);
        if (a.shape().rank() == 1) {
            Value row = movement.unsqueeze(name + ".row", a, List.of(0));
            return movement.squeeze(name + ".squeeze", multiply(name, row, left, b, right), List.of(-2));
        }
        if (b.shape().rank() == 1) {
            Value column = movement.unsqueeze(name + ".column", b, List.of(1));
            return movement.squeeze(name + ".squeeze", multiply(name, a, left, column, right), List.of(-1));
        }
        if (b.isStored() && right == Operand.TRANSPOSED) {
            return multiply(name, a, left, movement.transpose(name, b, lastTwoSwapped(b)), Operand.PLAIN);
        }
        return graph.add(name, new MatMul(left, right), a, b);
    }

    /**
     * Sum over the axes that both operands have and the result has not, as Einstein's notation has it.
     *
     * @param aAxes one label per axis of a
     * @param bAxes one label per axis of b
     * @param resultAxes the labels of the result, each also in a or b
     */
    public Value contract(
            String name, Value a, List<Integer> aAxes, Value b, List<Integer> bAxes, List<Integer> resultAxes) {
        check(a, aAxes);
        check(b, bAxes);
        List<Integer> batch = aAxes.stream().filter(bAxes::contains).filter(resultAxes::contains).toList();
        List<Integer> summed = aAxes.stream().filter(bAxes::contains).filter(axis -> !batch.contains(axis)).toList();
        List<Integer> rows = aAxes.stream().filter(axis -> !bAxes.contains(axis)).toList();
        List<Integer> columns = bAxes.stream().filter(axis -> !aAxes.contains(axis)).toList();
        if (batch.isEmpty() && isPlainProduct(aAxes, bAxes, summed, joined(List.of(rows, columns)), resultAxes)) {
            return multiply(name, a, Operand.PLAIN, b, Operand.PLAIN);
        }
        if (!resultAxes.containsAll(rows) || !resultAxes.containsAll(columns)) {
            return contractReduced(name, a, aAxes, b, bAxes, resultAxes);
        }
        Side left = side(name + ".left", a, aAxes, List.of(batch, rows, summed), List.of(batch, summed, rows));
        Side right = side(name + ".right", b, bAxes, List.of(batch, summed, columns), List.of(batch, columns, summed));
        Value product = multiply(name, left.value(), left.operand(), right.value(), right.operand());
        List<Integer> order = new ArrayList<>(batch);
        order.addAll(rows);
        order.addAll(columns);
        List<Long> dimensions = new ArrayList<>();
        for (int axis : order) {
            dimensions.add(aAxes.contains(axis)
                    ? a.dimension(aAxes.indexOf(axis))
                    : b.dimension(bAxes.indexOf(axis)));
        }
        Movement movement = new Movement(graph);
        Value shaped = movement.reshape(name + ".unfold", product, new Shape(dimensions));
        List<Integer> permutation = resultAxes.stream().map(order::indexOf).toList();
        return movement.transpose(name + ".order", shaped, new Transpose(permutation));
    }

    /** Whether the operands lie as {@link MatMul} wants them: [rows..., summed] by [summed, columns]. */
    private static boolean isPlainProduct(
            List<Integer> aAxes,
            List<Integer> bAxes,
            List<Integer> summed,
            List<Integer> order,
            List<Integer> resultAxes) {
        return summed.size() == 1
                && aAxes.size() > 1
                && bAxes.size() == 2
                && aAxes.getLast().equals(summed.getFirst())
                && bAxes.getFirst().equals(summed.getFirst())
                && order.equals(resultAxes);
    }

    /** One operand of the product, and how it lies. */
    private record Side(Value value, Operand operand) {}

    /** Brings an operand into one of two orders of axes, the plain one or the transposed one. */
    private Side side(
            String name, Value x, List<Integer> axes, List<List<Integer>> plain, List<List<Integer>> transposed) {
        boolean isTransposed = axes.equals(joined(transposed)) && !axes.equals(joined(plain)) && !x.isStored();
        List<List<Integer>> order = isTransposed ? transposed : plain;
        Movement movement = new Movement(graph);
        List<Integer> permutation = joined(order).stream().map(axes::indexOf).toList();
        Value ordered = movement.transpose(name + ".order", x, new Transpose(permutation));
        List<Long> folded = new ArrayList<>();
        for (int axis : order.getFirst()) {
            folded.add(x.dimension(axes.indexOf(axis)));
        }
        for (List<Integer> group : order.subList(1, 3)) {
            folded.add(group.stream()
                    .map(axis -> x.dimension(axes.indexOf(axis)))
                    .reduce(1L, Math::multiplyExact));
        }
        Value matrix = movement.reshape(name + ".fold", ordered, new Shape(folded));
        return new Side(matrix, isTransposed ? Operand.TRANSPOSED : Operand.PLAIN);
    }

    /** Sums first over the axes that only one operand has. */
    private Value contractReduced(
            String name, Value a, List<Integer> aAxes, Value b, List<Integer> bAxes, List<Integer> resultAxes) {
        List<Integer> keptOfA =
                aAxes.stream().filter(axis -> bAxes.contains(axis) || resultAxes.contains(axis)).toList();
        List<Integer> keptOfB =
                bAxes.stream().filter(axis -> aAxes.contains(axis) || resultAxes.contains(axis)).toList();
        Value left = summed(name + ".left", a, aAxes, keptOfA);
        Value right = summed(name + ".right", b, bAxes, keptOfB);
        return contract(name, left, keptOfA, right, keptOfB, resultAxes);
    }

    private Value summed(String name, Value x, List<Integer> axes, List<Integer> kept) {
        List<Integer> dropped = new ArrayList<>();
        for (int i = 0; i < axes.size(); i++) {
            if (!kept.contains(axes.get(i))) {
                dropped.add(i);
            }
        }
        return dropped.isEmpty()
                ? x
                : graph.add(name + ".sum", new Reduce(Reduce.Kind.SUM, dropped, Reduce.Axes.DROPPED), x);
    }

    /** The permutation that swaps the last two axes. */
    static Transpose lastTwoSwapped(Value x) {
        int rank = x.shape().rank();
        List<Integer> permutation = new ArrayList<>();
        for (int i = 0; i < rank; i++) {
            permutation.add(i < rank - 2 ? i : 2 * rank - 3 - i);
        }
        return new Transpose(permutation);
    }

    private static void check(Value x, List<Integer> axes) {
        if (x.shape().rank() != axes.size() || axes.stream().distinct().count() != axes.size()) {
            throw new IllegalArgumentException("axes " + axes + " of a product's operand " + x.shape());
        }
    }

    private static List<Integer> joined(List<List<Integer>> groups) {
        return groups.stream().flatMap(List::stream).toList();
    }
}
