package dev.infermark.kernel.gpsimd;

/**
 * The first few of many numbers in descending order, in local memory: of equal ones the earlier comes first, and NaN
 * comes before every number.
 */
final class Ranking {
    /** Bytes of local memory for each number: itself, and where it stood. */
    static final int BYTES = Float.BYTES + Integer.BYTES;

    private Ranking() {}

    /**
     * Puts a number in its place, behind those equal to it; the last one drops out where there is no room.
     *
     * @param values FP32, of which the first {@code size} are ranked; all of them are room
     * @param indices INT32, as many
     * @return how many are ranked now
     */
    static int insert(Tensor values, Tensor indices, int size, float value, int index) {
        FloatAccessor ranked = values.floats();
        IntAccessor places = indices.ints();
        int place = Math.min(size, values.elements() - 1);
        while (place > 0 && isAbove(value, ranked.at(place - 1))) {
            ranked.put(place, ranked.at(place - 1));
            places.put(place, places.at(place - 1));
            place--;
        }
        ranked.put(place, value);
        places.put(place, index);
        return Math.min(size + 1, values.elements());
    }

    private static boolean isAbove(float a, float b) {
        return a > b || (Float.isNaN(a) && !Float.isNaN(b));
    }
}
