package dev.infermark.kernel.gpsimd;

import dev.infermark.kernel.provider.GpsimdSupport;
import dev.infermark.numerics.DataType;
import java.util.List;

/**
 * One of the eight processors of the GPSIMD engine: vectors of 512 bits (16 lanes of 32 bits, 32 of 16 or 64 of 8), and
 * 64 KiB of local memory.
 *
 * <p>Instructions take elements from device memory or from local memory, and write into either. What an operator
 * needs once is best read and written where it lies; what it needs again it copies into local memory, block by block.
 * Positions and lengths count elements in row-major order; none of the ranges written may overlap what is read, except
 * where both are the same. None allocates.
 */
public final class Processor {
    /** Processors of the engine. */
    public static final int COUNT = 8;

    /** Bytes of the local memory of one processor. */
    public static final int LOCAL_BYTES = 64 * 1024;

    private final int id;
    private final GpsimdSupport support;
    private final LocalMemory memory = new LocalMemory();

    /** Creates the processor with the given number, 0 to 7. */
    public Processor(int id, GpsimdSupport support) {
        this.id = id;
        this.support = support;
    }

    /** The processor's number, 0 to 7. */
    public int id() {
        return id;
    }

    /** The first of {@code items} that is this processor's to handle. */
    public int firstOf(int items) {
        return (int) ((long) items * id / COUNT);
    }

    /** One after the last of {@code items} that is this processor's to handle. */
    public int lastOf(int items) {
        return (int) ((long) items * (id + 1) / COUNT);
    }

    /** Runs this processor's share of an operator, with all of local memory free. */
    public void run(CustomOperator operator, List<Tensor> inputs, List<Tensor> outputs) {
        memory.clear();
        operator.run(this, inputs, outputs);
    }

    /**
     * A vector of unknown content in local memory, which the operator has to itself until its run ends.
     *
     * @throws IllegalArgumentException if local memory has too little room left
     */
    public Tensor local(DataType type, int length) {
        return memory.allocate(type, length);
    }

    /** Copies consecutive elements between tensors of the same type. */
    public void copy(Tensor from, int at, Tensor to, int toAt, int length) {
        requireSameType(from, to);
        requireRange("from", from, at, length);
        requireRange("to", to, toAt, length);
        from.storage().copy(at, to.storage(), toAt, length);
    }

    /**
     * Sets consecutive elements to a value, rounded to nearest even where the type is a float.
     *
     * @throws IllegalArgumentException if an integer type does not hold the value
     */
    public void fill(Tensor to, int at, int length, double value) {
        requireRange("to", to, at, length);
        to.fill(at, length, value);
    }

    /**
     * Keeps of each row what is not right of the diagonal: y(i, j) = x(i, j) for j ≤ i + {@code diagonal}, else the
     * replacement, rounded as {@link #fill} does.
     */
    public void affineSelect(
            Tensor from, Tensor to, int at, int rows, int columns, int diagonal, double replacement) {
        requireSameType(from, to);
        requireRange("from", from, at, Math.multiplyExact(rows, columns));
        requireRange("to", to, at, rows * columns);
        if (from.storage() instanceof Storage.Floats x && to.storage() instanceof Storage.Floats y) {
            support.affineSelect(x.values(), y.values(), at, rows, columns, diagonal, (float) replacement);
            return;
        }
        for (int i = 0; i < rows; i++) {
            int row = at + i * columns;
            int kept = Math.clamp((long) diagonal + i + 1, 0, columns);
            from.storage().copy(row, to.storage(), row, kept);
            to.fill(row + kept, columns - kept, replacement);
        }
    }

    /**
     * Counts: y({@code at} + i) = first + step·({@code index} + i) for i below {@code length}. FP32 rounds the index,
     * the product and the sum; integers wrap around; BF16 and FP16 are refused.
     */
    public void iota(Tensor to, int at, int length, int index, double first, double step) {
        requireRange("to", to, at, length);
        switch (to.storage()) {
            case Storage.Floats y -> support.iota(y.values(), at, length, index, (float) first, (float) step);
            case Storage.Ints y ->
                    support.iota(y.values(), at, length, index, code(to, first), code(to, step));
            case Storage.Shorts y when to.type() == DataType.INT16 ->
                    support.iota(y.values(), at, length, index, code(to, first), code(to, step));
            case Storage.Bytes y ->
                    support.iota(y.values(), at, length, index, code(to, first), code(to, step));
            case Storage.Shorts _ -> throw new IllegalArgumentException("to: no iota of " + to);
        }
    }

    /**
     * Copies rows of a table: y(i, j) = table(indices(i), j) for {@code length} indices i from {@code at}.
     *
     * @param table a matrix
     * @param indices INT32, from 0 to the table's rows less 1
     * @param to of the table's type, with a row for each index
     * @throws IllegalArgumentException naming the first index that the table has no row for
     */
    public void gatherRows(Tensor table, Tensor indices, int at, int length, Tensor to) {
        requireSameType(table, to);
        requireRange("indices", indices, at, length);
        if (table.rank() != 2 || !(indices.storage() instanceof Storage.Ints stored)) {
            throw new IllegalArgumentException(
                    "table (" + table + ") is no matrix, or indices (" + indices + ") are not int32");
        }
        int[] rows = stored.values();
        int columns = table.size(1);
        requireRange("to", to, at * columns, length * columns);
        int tableRows = table.size(0);
        for (int i = at; i < at + length; i++) {
            if (rows[i] < 0 || rows[i] >= tableRows) {
                throw new IllegalArgumentException("indices (" + indices + "): element " + i + " is " + rows[i]
                        + ", table (" + table + ") has the rows 0 to " + (tableRows - 1));
            }
        }
        table.storage().copyRows(rows, at, length, columns, to.storage());
    }

    /** Replaces negative elements by zero; NaN and -0 stay. BF16 and FP16 are refused. */
    public void relu(Tensor from, int at, Tensor to, int toAt, int length) {
        requireSameType(from, to);
        requireRange("from", from, at, length);
        requireRange("to", to, toAt, length);
        Storage y = to.storage();
        switch (from.storage()) {
            case Storage.Floats x -> support.relu(x.values(), at, ((Storage.Floats) y).values(), toAt, length);
            case Storage.Ints x -> support.relu(x.values(), at, ((Storage.Ints) y).values(), toAt, length);
            case Storage.Shorts x when from.type() == DataType.INT16 ->
                    support.relu(x.values(), at, ((Storage.Shorts) y).values(), toAt, length);
            case Storage.Shorts _ -> throw new IllegalArgumentException("from: no ReLU of " + from);
            case Storage.Bytes x when from.type() == DataType.INT8 ->
                    support.relu(x.values(), at, ((Storage.Bytes) y).values(), toAt, length);
            case Storage.Bytes _ -> from.storage().copy(at, y, toAt, length);
        }
    }

    /**
     * The position of the first FP32 element that ranks above the threshold, or {@code at + length} where none does;
     * NaN ranks above every number.
     */
    public int firstAbove(Tensor from, int at, int length, float threshold) {
        requireRange("from", from, at, length);
        return support.firstAbove(floats("from", from), at, length, threshold);
    }

    /**
     * Whether a rectangle overlaps one of several: intersection over union above the threshold, where an empty union
     * counts as no overlap.
     *
     * @param boxes FP32: all left edges, then all top, right and bottom edges, as many of each
     * @param count how many of the boxes to look at
     */
    public boolean overlapsAny(
            Tensor boxes, int count, float left, float top, float right, float bottom, float threshold) {
        int capacity = boxes.elements() / 4;
        if (count > capacity) {
            throw new IllegalArgumentException("count: " + count + " boxes, but boxes (" + boxes + ") has " + capacity);
        }
        return support.overlapsAny(floats("boxes", boxes), capacity, count, left, top, right, bottom, threshold);
    }

    private static int code(Tensor to, double value) {
        return Scalars.code(to.type(), value);
    }

    private static float[] floats(String name, Tensor tensor) {
        if (tensor.storage() instanceof Storage.Floats floats) {
            return floats.values();
        }
        throw new IllegalArgumentException(name + ": takes fp32, not " + tensor);
    }

    private static void requireSameType(Tensor from, Tensor to) {
        if (from.type() != to.type()) {
            throw new IllegalArgumentException("to (" + to + ") has not the type of from (" + from + ")");
        }
    }

    private static void requireRange(String name, Tensor tensor, int at, int length) {
        if ((at | length) < 0 || length > tensor.elements() - at) {
            throw new IndexOutOfBoundsException(
                    name + " (" + tensor + ") has no " + length + " elements from position " + at);
        }
    }
}
