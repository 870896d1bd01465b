package dev.infermark.reader.translate;

import dev.infermark.graph.Concat;
import dev.infermark.graph.Expand;
import dev.infermark.graph.Gather;
import dev.infermark.graph.Pad;
import dev.infermark.graph.Reshape;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Transpose;
import dev.infermark.reader.translate.Value.Layout;
import java.util.ArrayList;
import java.util.List;

/**
 * Operators that move or rename elements: done at once where the elements are known, left to the loading of the model
 * where they are stored, and otherwise written as nodes.
 */
public record Movement(Translation graph) {

    /** The same elements under another shape. */
    public Value reshape(String name, Value x, Shape shape) {
        if (x.shape().equals(shape)) {
            return x;
        }
        if (x.shape().elements() != shape.elements()) {
            throw new IllegalArgumentException("reshape of " + x.shape() + " to " + shape);
        }
        if (x.isStored()) {
            x.literal().ifPresent(literal -> graph.fold(literal.shape().elements()));
            return x.view(x.tensor().type().withShape(shape), x.literal().map(literal -> literal.reshape(shape)));
        }
        return graph.addPhysically(name, new Reshape(shape), List.of(x), Layout.AS_WRITTEN).getFirst();
    }

    /** The shape with one dimension of -1 computed from the others. */
    public static Shape completed(List<Long> wanted, long elements) {
        long others = 1;
        for (long dimension : wanted) {
            others = Math.multiplyExact(others, dimension == -1 ? 1 : dimension);
        }
        List<Long> dimensions = new ArrayList<>();
        for (long dimension : wanted) {
            dimensions.add(dimension == -1 ? elements / Math.max(1, others) : dimension);
        }
        return new Shape(dimensions);
    }

    /** Dimensions of 1 removed; an empty list removes all of them. */
    public Value squeeze(String name, Value x, List<Integer> axes) {
        Shape shape = x.shape();
        List<Integer> chosen = axes.stream().map(shape::axis).toList();
        List<Long> kept = new ArrayList<>();
        for (int axis = 0; axis < shape.rank(); axis++) {
            if (!(axes.isEmpty() ? shape.dimension(axis) == 1 : chosen.contains(axis))) {
                kept.add(shape.dimension(axis));
            }
        }
        return reshape(name, x, new Shape(kept));
    }

    /** Dimensions of 1 added where the axes of the result say. */
    public Value unsqueeze(String name, Value x, List<Integer> axes) {
        int rank = x.shape().rank() + axes.size();
        List<Integer> chosen = axes.stream().map(axis -> axis < 0 ? axis + rank : axis).sorted().toList();
        List<Long> dimensions = new ArrayList<>(x.shape().dimensions());
        for (int axis : chosen) {
            if (axis < 0 || axis > dimensions.size()) {
                throw new IllegalArgumentException("axes " + axes + " added to " + x.shape());
            }
            dimensions.add(axis, 1L);
        }
        return reshape(name, x, new Shape(dimensions));
    }

    /** Axes in another order. */
    public Value transpose(String name, Value x, Transpose transpose) {
        List<Integer> permutation = transpose.permutation();
        TensorType type = transpose.infer(List.of(x.tensor().type().withShape(x.shape()))).getFirst();
        if (isIdentity(permutation)) {
            return x;
        }
        if (x.isStored()) {
            x.literal().ifPresent(literal -> graph.fold(literal.shape().elements()));
            return x.view(type, x.literal().map(literal -> Literal.generate(type, index -> {
                long[] source = new long[index.length];
                for (int i = 0; i < index.length; i++) {
                    source[permutation.get(i)] = index[i];
                }
                return literal.at(source);
            })));
        }
        return graph.add(name, transpose, x);
    }

    /** Part of a tensor: from a start and by a step, which may be negative, along each axis. */
    public Value slice(String name, Value x, List<Long> starts, List<Long> steps, Shape part) {
        TensorType type = x.tensor().type().withShape(part);
        if (x.shape().equals(part) && steps.stream().allMatch(step -> step > 0)) {
            return x;
        }
        if (x.literal().isPresent() && !x.isParameter()) {
            Literal literal = x.known();
            return graph.known(Literal.generate(type, index -> {
                long[] source = new long[index.length];
                for (int i = 0; i < index.length; i++) {
                    source[i] = starts.get(i) + index[i] * steps.get(i);
                }
                return literal.at(source);
            }));
        }
        if (x.isStored() && !x.isParameter()) {
            return graph.constant(name, type);
        }
        return cut(name, x, starts, steps, part);
    }

    /** One cut along each axis along which less than all elements are wanted, or in another order. */
    private Value cut(String name, Value x, List<Long> starts, List<Long> steps, Shape part) {
        Value result = x;
        for (int axis = 0; axis < part.rank(); axis++) {
            if (part.dimension(axis) != x.dimension(axis) || steps.get(axis) < 0) {
                Slice.Part along = new Slice.Part(starts.get(axis), part.dimension(axis), steps.get(axis));
                result = graph.add(name, new Slice(axis, List.of(along)), result);
            }
        }
        return result;
    }

    /** A tensor cut along one axis. */
    public List<Value> split(String name, Value x, int axis, List<Long> lengths) {
        graph.spend(lengths.size());
        if (lengths.stream().reduce(0L, Math::addExact) > x.dimension(axis)) {
            throw new IllegalArgumentException("parts " + lengths + " of " + x.shape() + " along axis " + axis);
        }
        if (!x.isStored()) {
            return graph.addAll(name, Slice.split(axis, lengths), List.of(x));
        }
        List<Value> parts = new ArrayList<>();
        long start = 0;
        for (long length : lengths) {
            List<Long> starts = new ArrayList<>(java.util.Collections.nCopies(x.shape().rank(), 0L));
            starts.set(x.shape().axis(axis), start);
            List<Long> steps = java.util.Collections.nCopies(x.shape().rank(), 1L);
            parts.add(slice(name + ":" + parts.size(), x, starts, steps, x.shape().with(axis, length)));
            start += length;
        }
        return parts;
    }

    /** Tensors joined along one axis. */
    public Value concat(String name, List<Value> parts, int axis) {
        List<Value> filled = parts.stream().filter(part -> part.shape().elements() > 0).toList();
        if (filled.size() == 1) {
            return filled.getFirst();
        }
        Shape shape = new Concat(axis)
                .infer(parts.stream().map(part -> part.tensor().type().withShape(part.shape())).toList())
                .getFirst()
                .shape();
        if (parts.stream().allMatch(part -> part.literal().isPresent() && !part.isParameter()) && Literal.fits(shape)) {
            return graph.known(joined(parts, shape, shape.axis(axis)));
        }
        if (Translation.allFixed(parts)) {
            return graph.constant(name, parts.getFirst().tensor().type().withShape(shape));
        }
        if (parts.stream().allMatch(part -> part.layout() == Layout.CHANNELS_LAST)) {
            Concat physical = new Concat(Arithmetic.physicalAxis(axis, shape));
            return graph.addPhysically(name, physical, parts, Layout.CHANNELS_LAST).getFirst();
        }
        return graph.addAll(name, new Concat(axis), parts).getFirst();
    }

    /** A tensor repeated to a shape. */
    public Value expand(String name, Value x, Shape shape) {
        TensorType type = x.tensor().type().withShape(shape);
        if (x.shape().equals(shape)) {
            return x;
        }
        if (x.literal().isPresent() && !x.isParameter() && Literal.fits(shape)) {
            return graph.known(x.known().expand(shape));
        }
        return x.isStored() && !x.isParameter() ? graph.constant(name, type) : graph.add(name, new Expand(shape), x);
    }

    /** Slices of a table, by indices along one axis. */
    public Value gather(String name, Value table, Value indices, int axis) {
        if (table.isStored() && !table.isParameter() && indices.isStored()) {
            TensorType type = new Gather(axis)
                    .infer(List.of(table.tensor().type(), indices.tensor().type()))
                    .getFirst();
            if (table.literal().isPresent() && indices.literal().isPresent() && Literal.fits(type.shape())) {
                return graph.known(gathered(table.known(), indices.known(), type, table.shape().axis(axis)));
            }
            return graph.constant(name, type);
        }
        if (!table.isStored() && indices.literal().isPresent() && indices.shape().elements() == 1) {
            return oneSlice(name, table, indices, axis);
        }
        return graph.add(name, new Gather(axis), table, indices);
    }

    /** A lookup of one known index is a cut, such as that of a sequence's first token. */
    private Value oneSlice(String name, Value table, Value index, int axis) {
        long row = index.known().number();
        long at = row < 0 ? row + table.dimension(axis) : row;
        Value cut = graph.add(name, Slice.of(axis, at, 1), table);
        Shape shape = new Gather(axis)
                .infer(List.of(
                        table.tensor().type().withShape(table.shape()),
                        index.tensor().type()))
                .getFirst()
                .shape();
        return reshape(name + ".squeeze", cut, shape);
    }

    /** A tensor surrounded by elements, this many before and after each axis; negative ones cut. */
    public Value pad(String name, Value x, List<Long> before, List<Long> after) {
        List<Long> dimensions = new ArrayList<>();
        boolean shrinks = false;
        for (int axis = 0; axis < x.shape().rank(); axis++) {
            dimensions.add(Math.addExact(Math.addExact(x.dimension(axis), before.get(axis)), after.get(axis)));
            shrinks |= before.get(axis) < 0 || after.get(axis) < 0;
        }
        Shape shape = new Shape(dimensions);
        if (shape.equals(x.shape())) {
            return x;
        }
        if (shrinks) {
            List<Long> starts = before.stream().map(amount -> Math.max(0, -amount)).toList();
            List<Long> kept = new ArrayList<>();
            for (int axis = 0; axis < shape.rank(); axis++) {
                long cut = Math.max(0, -before.get(axis)) + Math.max(0, -after.get(axis));
                kept.add(x.dimension(axis) - cut);
            }
            Value inner = slice(name, x, starts, java.util.Collections.nCopies(shape.rank(), 1L), new Shape(kept));
            return pad(
                    name,
                    inner,
                    before.stream().map(amount -> Math.max(0, amount)).toList(),
                    after.stream().map(amount -> Math.max(0, amount)).toList());
        }
        if (x.layout() == Layout.CHANNELS_LAST) {
            dimensions.add(1, dimensions.removeLast());
            Pad physical = new Pad(new Shape(dimensions));
            return graph.addPhysically(name, physical, List.of(x), Layout.CHANNELS_LAST).getFirst();
        }
        return graph.add(name, new Pad(shape), x);
    }

    private static boolean isIdentity(List<Integer> permutation) {
        for (int i = 0; i < permutation.size(); i++) {
            if (permutation.get(i) != i) {
                return false;
            }
        }
        return true;
    }

    private static Literal joined(List<Value> parts, Shape shape, int axis) {
        List<Literal> literals = parts.stream().map(Value::known).toList();
        return Literal.generate(parts.getFirst().tensor().type().withShape(shape), index -> {
            long[] source = index.clone();
            int part = 0;
            while (source[axis] >= literals.get(part).shape().dimension(axis)) {
                source[axis] -= literals.get(part).shape().dimension(axis);
                part++;
            }
            return literals.get(part).at(source);
        });
    }

    private static Literal gathered(Literal table, Literal indices, TensorType type, int axis) {
        int depth = indices.shape().rank();
        long rows = table.shape().dimension(axis);
        return Literal.generate(type, index -> {
            long[] at = java.util.Arrays.copyOfRange(index, axis, axis + depth);
            long row = (long) indices.at(at);
            long[] source = new long[table.shape().rank()];
            System.arraycopy(index, 0, source, 0, axis);
            source[axis] = row < 0 ? row + rows : row;
            if (source[axis] < 0 || source[axis] >= rows) {
                throw new IllegalArgumentException("index " + row + " of " + rows + " rows");
            }
            System.arraycopy(index, axis + depth, source, axis + 1, source.length - axis - 1);
            return table.at(source);
        });
    }
}
