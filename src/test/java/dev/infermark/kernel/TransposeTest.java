package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.lang.reflect.Array;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class TransposeTest {
    private static final int[][] SHAPES = {
        {1, 1}, {1, 7}, {7, 1}, {13, 63}, {64, 64}, {65, 127}, {128, 16}, {16, 128}, {207, 65}, {8, 1023}, {1023, 9}
    };

    static Stream<Arguments> implementationsAndShapes() {
        return Stream.of(Implementation.values())
                .flatMap(implementation ->
                        Stream.of(SHAPES).map(shape -> Arguments.of(implementation, shape[0], shape[1])));
    }

    static Stream<Arguments> implementationsAndAxes() {
        int[][] orders = {{0, 1, 2, 3}, {0, 2, 3, 1}, {0, 3, 1, 2}, {0, 2, 1, 3}, {3, 2, 1, 0}, {1, 0, 3, 2}};
        return Stream.of(Implementation.values())
                .flatMap(implementation -> Stream.of(orders).map(order -> Arguments.of(implementation, order)));
    }

    @ParameterizedTest
    @MethodSource("implementationsAndShapes")
    void everyElementChangesPlacesAndNothingElse(Implementation implementation, int rows, int columns) {
        for (Class<?> type : new Class<?>[] {float.class, int.class, short.class, byte.class}) {
            transpose(implementation, type, rows, columns);
        }
    }

    private static void transpose(Implementation implementation, Class<?> type, int rows, int columns) {
        Object from = numbered(type, 5 + rows * (columns + 3));
        Object to = numbered(type, 2 + columns * (rows + 1));
        Object expected = numbered(type, 2 + columns * (rows + 1));
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                System.arraycopy(from, 5 + i * (columns + 3) + j, expected, 2 + j * (rows + 1) + i, 1);
            }
        }
        tensor(implementation)
                .transpose(
                        new Matrix<>(from, 5, rows, columns, columns + 3),
                        new Matrix<>(to, 2, columns, rows, rows + 1));
        assertSameElements(expected, to);
    }

    @ParameterizedTest
    @MethodSource("implementationsAndAxes")
    void axesTakeTheOrderAsked(Implementation implementation, int[] axes) {
        int[] sizes = {2, 3, 17, 5};
        short[] from = (short[]) numbered(short.class, 510);
        short[] to = new short[510];
        tensor(implementation).permute(from, sizes, axes, to);
        for (int position = 0; position < 510; position++) {
            int[] at = {position / 255, position / 85 % 3, position / 5 % 17, position % 5};
            int target = 0;
            for (int axis : axes) {
                target = target * sizes[axis] + at[axis];
            }
            assertEquals(from[position], to[target]);
        }
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void tensorsOfOneAxisOrNoneAreCopied(Implementation implementation) {
        int[] to = new int[3];
        tensor(implementation).permute(new int[] {4, 5, 6}, new int[] {3}, new int[] {0}, to);
        assertArrayEquals(new int[] {4, 5, 6}, to);
        tensor(implementation).permute(new int[] {7}, new int[0], new int[0], to);
        assertArrayEquals(new int[] {7, 5, 6}, to);
    }

    @Test
    void reshapesAsAView() {
        byte[] data = new byte[14];
        Matrix<byte[]> view = tensor(Implementation.REFERENCE).reshape(new Matrix<>(data, 2, 3, 4, 4), 6, 2);
        assertSame(data, view.data());
        assertEquals(new Matrix<>(data, 2, 6, 2, 2), view);
    }

    @Test
    void refusesWhatDoesNotFit() {
        TensorEngine tensor = tensor(Implementation.REFERENCE);
        Matrix<float[]> from = new Matrix<>(new float[20], 0, 3, 4, 5);
        assertMessage(
                "to must be 4x3 for from of 3x4, but is 3x4",
                () -> tensor.transpose(from, Matrix.of(new float[12], 3, 4)));
        assertMessage(
                "to (4x3) must not overlap from (3x4)",
                () -> tensor.transpose(from, Matrix.of(from.data(), 4, 3)));
        assertMessage(
                "from must be float[], int[], short[] or byte[], not long[]",
                () -> tensor.transpose(Matrix.of(new long[2], 1, 2), Matrix.of(new long[2], 2, 1)));
        assertMessage(
                "from of 3x4 has another number of elements than 3x5", () -> tensor.reshape(from, 3, 5));
        assertMessage(
                "from of 3x4 has leadingDimension 5: a view of 2x6 needs rows without gaps",
                () -> tensor.reshape(from, 2, 6));
        assertMessage(
                "axes [0, 0] must name each axis of from, [2, 3], once",
                () -> tensor.permute(new int[6], new int[] {2, 3}, new int[] {0, 0}, new int[6]));
        assertMessage(
                "sizes of from must be at least 1: [2, -3]",
                () -> tensor.permute(new int[6], new int[] {2, -3}, new int[] {1, 0}, new int[6]));
        assertMessage(
                "to has 5 elements, but a tensor of [2, 3] has 6",
                () -> tensor.permute(new int[6], new int[] {2, 3}, new int[] {1, 0}, new int[5]));
        int[] shared = new int[6];
        assertMessage(
                "to must be another array than from, of [2, 3]",
                () -> tensor.permute(shared, new int[] {2, 3}, new int[] {1, 0}, shared));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static void assertSameElements(Object expected, Object actual) {
        for (int i = 0; i < Array.getLength(expected); i++) {
            assertEquals(Array.get(expected, i), Array.get(actual, i));
        }
    }

    /** Elements that differ from their neighbours. */
    private static Object numbered(Class<?> type, int length) {
        Object array = Array.newInstance(type, length);
        for (int i = 0; i < length; i++) {
            switch (array) {
                case float[] data -> data[i] = i;
                case int[] data -> data[i] = i;
                case short[] data -> data[i] = (short) i;
                case byte[] data -> data[i] = (byte) (i + i / 256);
                default -> throw new IllegalArgumentException(type.toString());
            }
        }
        return array;
    }

    private static TensorEngine tensor(Implementation implementation) {
        return Engines.of(implementation).tensor();
    }
}
