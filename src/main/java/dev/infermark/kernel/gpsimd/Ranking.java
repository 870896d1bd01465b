package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;

/**
 * The first few of many numbers in descending order, in local memory; of equal ones the earlier comes first, and NaN
 * comes before every number.
 */
final class Ranking {
    private final FloatAccessor values;
    private final IntAccessor indices;
    private final Tensor valueTensor;
    private final Tensor indexTensor;
    private final int capacity;
    private int size;

    Ranking(Processor processor, int capacity) {
        this.capacity = capacity;
        this.valueTensor = processor.local(DataType.FP32, capacity);
        this.indexTensor = processor.local(DataType.INT32, capacity);
        this.values = valueTensor.floats();
        this.indices = indexTensor.ints();
    }

    /** Bytes of local memory that it takes for each of its numbers. */
    static int bytesEach() {
        return Float.BYTES + Integer.BYTES;
    }

    void clear() {
        size = 0;
    }

    int size() {
        return size;
    }

    boolean isFull() {
        return size == capacity;
    }

    float value(int rank) {
        return values.at(rank);
    }

    int index(int rank) {
        return indices.at(rank);
    }

    Tensor values() {
        return valueTensor;
    }

    Tensor indices() {
        return indexTensor;
    }

    /** Puts a number in its place, behind those equal to it; the last one drops out where there is no room. */
    void insert(float value, int index) {
        int place = isFull() ? capacity - 1 : size++;
        while (place > 0 && isAbove(value, values.at(place - 1))) {
            values.put(place, values.at(place - 1));
            indices.put(place, indices.at(place - 1));
            place--;
        }
        values.put(place, value);
        indices.put(place, index);
    }

    private static boolean isAbove(float a, float b) {
        return a > b || (Float.isNaN(a) && !Float.isNaN(b));
    }
}
