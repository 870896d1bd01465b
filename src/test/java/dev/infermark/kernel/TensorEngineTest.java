package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.numerics.FloatFormat;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorEngineTest {
    private static final double UNIT_ROUNDOFF = 0x1p-24;
    private static final float UNTOUCHED = 77;
    private static final List<Element<?, float[]>> FLOATING = List.of(
            Element.FP32,
            Element.TF32,
            Element.BF16,
            Element.FP16,
            Element.cfp8(FloatFormat.E5M2),
            Element.cfp8(FloatFormat.E4M3),
            Element.cfp8(FloatFormat.E3M4));

    private final RandomMatrices random = new RandomMatrices(3);

    /**
     * Each awkward size takes the place of each dimension in turn; K of 1025 and more is cut into blocks, 4200 rows are
     * more than are packed at once, and an even number of rows need not be packed.
     */
    static Stream<int[]> shapes() {
        int[] sizes = {1, 2, 7, 13, 63, 64, 65, 127, 128, 207, 768, 1023};
        return Stream.concat(
                Arrays.stream(sizes)
                        .boxed()
                        .flatMap(size -> Stream.of(
                                new int[] {size, 13, 9}, new int[] {5, size, 66}, new int[] {8, 15, size})),
                Stream.of(
                        new int[] {1, 1, 1},
                        new int[] {1, 1025, 70},
                        new int[] {70, 1025, 1},
                        new int[] {67, 513, 131},
                        new int[] {9, 2100, 70},
                        new int[] {30, 2100, 130},
                        new int[] {4200, 5, 3},
                        new int[] {769, 3, 2},
                        new int[] {3, 2, 4098}));
    }

    static Stream<Arguments> implementationsAndShapes() {
        return shapes().flatMap(shape -> Arrays.stream(Implementation.values())
                .map(implementation -> Arguments.of(implementation, shape[0], shape[1], shape[2])));
    }

    static Stream<Arguments> shapesAndTranspositions() {
        return shapes().flatMap(shape -> Arrays.stream(Transposition.values())
                .flatMap(a -> Arrays.stream(Transposition.values())
                        .map(b -> Arguments.of(shape[0], shape[1], shape[2], a, b))));
    }

    static Stream<Arguments> implementationsAndFloatingTypes() {
        return Arrays.stream(Implementation.values())
                .flatMap(implementation -> FLOATING.stream().map(element -> Arguments.of(implementation, element)));
    }

    /**
     * |c - exact| ≤ γ(k)·Σ|a||b| for any order of summation (Higham, section 3.1), since no product underflows; the
     * double sum adds as much with u = 2^-53, for which one more in k is plenty.
     */
    @ParameterizedTest
    @MethodSource("implementationsAndShapes")
    void fp32StaysWithinTheBoundOfItsRoundings(Implementation implementation, int m, int k, int n) {
        Operand<?, float[]> a = random.operand(Element.FP32, m, k);
        Operand<?, float[]> b = random.operand(Element.FP32, k, n);
        Matrix<float[]> c = untouched(m, n);
        tensor(implementation).matmul(a, b, c);
        assertWithinBound(a, b, c);
    }

    @ParameterizedTest
    @MethodSource("shapesAndTranspositions")
    void transposedOperandsStayWithinTheSameBound(int m, int k, int n, Transposition a, Transposition b) {
        Operand<?, float[]> left = random.operand(Element.FP32, a, m, k);
        Operand<?, float[]> right = random.operand(Element.FP32, b, k, n);
        Matrix<float[]> c = untouched(m, n);
        tensor(Implementation.SIMD).matmul(left, right, c);
        assertWithinBound(left, right, c);
    }

    @ParameterizedTest
    @MethodSource("implementationsAndFloatingTypes")
    void floatingPointOfEveryTypeAccumulatesInFp32(Implementation implementation, Element<?, float[]> element) {
        for (Transposition transposition : Transposition.values()) {
            Operand<?, float[]> a = random.operand(element, transposition, 23, 531);
            Operand<?, float[]> b = random.operand(element, transposition, 531, 85);
            Matrix<float[]> c = untouched(23, 85);
            tensor(implementation).matmul(a, b, c);
            assertWithinBound(a, b, c);
        }
    }

    /** A product with one has one term, so every code must come out as its own value, subnormals and all. */
    @ParameterizedTest
    @MethodSource("implementationsAndFloatingTypes")
    void everyCodeEntersAsItsValue(Implementation implementation, Element<?, float[]> element) {
        Operand<?, float[]> codes = random.everyCode(element);
        Matrix<float[]> c = untouched(1, codes.columns());
        tensor(implementation).matmul(fp32(new float[] {1}, 1, 1), codes, c);
        for (int j = 0; j < codes.columns(); j++) {
            assertEquals(codes.value(0, 0, j) + 0f, c.data()[j]);
        }
    }

    @ParameterizedTest
    @MethodSource("shapesAndTranspositions")
    void psumOrderGivesTheSameBitsInEveryImplementation(int m, int k, int n, Transposition a, Transposition b) {
        Operand<?, float[]> left = random.operand(Element.FP32, a, m, k);
        Operand<?, float[]> right = random.operand(Element.FP32, b, k, n);
        Matrix<float[]> plain = untouched(m, n);
        Matrix<float[]> simd = untouched(m, n);
        tensor(Implementation.REFERENCE).matmul(left, right, plain, MatmulOptions.PSUM);
        tensor(Implementation.SIMD).matmul(left, right, simd, MatmulOptions.PSUM);
        assertArrayEquals(plain.data(), simd.data());
    }

    /** Three rows have to be packed, since tiles read four; four lie where tiles can read them. */
    @ParameterizedTest
    @ValueSource(ints = {3, 4})
    void rowsLongerThanWhatIsPackedAtOnceGiveTheSameBits(int rows) {
        psumOrderGivesTheSameBitsInEveryImplementation(rows, 180_000, 2, Transposition.NONE, Transposition.NONE);
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void threadsDoNotChangeABit(int[] shape) {
        Operand<?, float[]> a = random.operand(Element.FP32, shape[0], shape[1]);
        Operand<?, float[]> b = random.operand(Element.FP32, shape[1], shape[2]);
        for (Accumulation accumulation : Accumulation.values()) {
            MatmulOptions options = new MatmulOptions(accumulation, 1, Batch.SINGLE);
            Matrix<float[]> alone = untouched(shape[0], shape[2]);
            tensor(Implementation.SIMD).matmul(a, b, alone, options);
            for (int threads : new int[] {2, 3, 6}) {
                Matrix<float[]> together = untouched(shape[0], shape[2]);
                tensor(Implementation.SIMD).matmul(a, b, together, options.withThreads(threads));
                assertArrayEquals(alone.data(), together.data());
            }
        }
    }

    /** 0x1p24 swallows the ones that follow it within its tile of 128, and no others. */
    @ParameterizedTest
    @EnumSource(Implementation.class)
    void psumAddsTilesOf128(Implementation implementation) {
        float[] row = filled(300, 1);
        row[0] = 0x1p24f;
        Matrix<float[]> c = untouched(1, 1);
        tensor(implementation)
                .matmul(fp32(row, 1, 300), fp32(filled(300, 1), 300, 1), c, MatmulOptions.PSUM);
        assertEquals(0x1p24f + 128 + 44, c.data()[0]);
    }

    @ParameterizedTest
    @MethodSource("implementationsAndShapes")
    void integersAreExact(Implementation implementation, int m, int k, int n) {
        for (Element<byte[], int[]> left : List.of(Element.INT8, Element.UINT8)) {
            for (Element<byte[], int[]> right : List.of(Element.INT8, Element.UINT8)) {
                Operand<?, int[]> a = random.operand(left, m, k);
                Operand<?, int[]> b = random.operand(right, k, n);
                Matrix<int[]> c = Matrix.of(new int[m * n], m, n);
                tensor(implementation).matmul(a, b, c);
                assertArrayEquals(exact(a, b), c.data());
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void integersAreExactUpToTheLargestSumAndThenWrapAround(Implementation implementation) {
        assertEquals(131_071 << 14, sumOfExtremes(implementation, Element.INT8, -128, Element.INT8, -128, 131_071));
        assertEquals(Integer.MIN_VALUE, sumOfExtremes(implementation, Element.INT8, -128, Element.INT8, -128, 131_072));
        assertEquals(65_793 * -32_640, sumOfExtremes(implementation, Element.UINT8, -1, Element.INT8, -128, 65_793));
        assertEquals(33_025 * 65_025, sumOfExtremes(implementation, Element.UINT8, -1, Element.UINT8, -1, 33_025));
        assertEquals(
                (int) (33_026L * 65_025), sumOfExtremes(implementation, Element.UINT8, -1, Element.UINT8, -1, 33_026));
    }

    private static int sumOfExtremes(
            Implementation implementation,
            Element<byte[], int[]> left,
            int a,
            Element<byte[], int[]> right,
            int b,
            int k) {
        byte[] row = new byte[k];
        byte[] column = new byte[k];
        Arrays.fill(row, (byte) a);
        Arrays.fill(column, (byte) b);
        Matrix<int[]> c = Matrix.of(new int[1], 1, 1);
        tensor(implementation)
                .matmul(Operand.of(left, Matrix.of(row, 1, k)), Operand.of(right, Matrix.of(column, k, 1)), c);
        return c.data()[0];
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void infinityAndNanReachTheirRowsAndColumnsAlone(Implementation implementation) {
        int size = 67;
        Matrix<float[]> a = Matrix.of(filled(size * size, 1), size, size);
        Matrix<float[]> b = Matrix.of(filled(size * size, 1), size, size);
        a.data()[a.row(66) + 3] = Float.NEGATIVE_INFINITY;
        b.data()[b.row(5) + 66] = Float.NaN;
        for (Element<float[], float[]> element : List.of(Element.FP32, Element.TF32)) {
            Matrix<float[]> c = untouched(size, size);
            tensor(implementation).matmul(Operand.of(element, a), Operand.of(element, b), c);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    float expected = j == 66 ? Float.NaN : i == 66 ? Float.NEGATIVE_INFINITY : size;
                    assertEquals(expected, c.data()[c.row(i) + j]);
                }
            }
        }
    }

    /** Tiles may read an operand where it lies, some rows below its last. */
    @ParameterizedTest
    @EnumSource(Implementation.class)
    void whatLiesBelowAnOperandDoesNotMatter(Implementation implementation) {
        for (int rows = 2; rows <= 13; rows++) {
            float[] data = random.floats(rows * 40);
            float[] followed = Arrays.copyOf(data, (rows + 4) * 40);
            Arrays.fill(followed, data.length, followed.length, Float.NaN);
            Operand<?, float[]> b = random.operand(Element.FP32, 40, 70);
            Matrix<float[]> alone = untouched(rows, 70);
            Matrix<float[]> above = untouched(rows, 70);
            tensor(implementation).matmul(fp32(data, rows, 40), b, alone);
            tensor(implementation).matmul(fp32(followed, rows, 40), b, above);
            assertArrayEquals(alone.data(), above.data());
        }
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void leavesWhatLiesBetweenRowsAlone(Implementation implementation) {
        float[] data = filled(3 + 7 * 70, UNTOUCHED);
        Matrix<float[]> c = new Matrix<>(data, 3, 7, 65, 70);
        tensor(implementation).matmul(fp32(new float[7], 7, 1), fp32(new float[65], 1, 65), c);
        for (int position = 0; position < data.length; position++) {
            boolean inside = position >= 3 && (position - 3) % 70 < 65;
            assertEquals(inside ? 0 : UNTOUCHED, data[position]);
        }
    }

    @Test
    void refusesShapesThatDoNotFitAndNamesThem() {
        TensorEngine tensor = tensor(Implementation.REFERENCE);
        Operand<?, float[]> a = fp32(new float[12], 3, 4);
        Matrix<float[]> c = untouched(3, 6);
        assertMessage(
                "b must have as many rows as a has columns: a is 3x4, b is 5x6",
                () -> tensor.matmul(a, fp32(new float[30], 5, 6), c));
        assertMessage(
                "b must have as many rows as a has columns: a is 4x3, b is 4x6",
                () -> tensor.matmul(a.transposed(), fp32(new float[24], 4, 6), c));
        assertMessage(
                "c must be 3x6 for a of 3x4 and b of 4x6, but is 3x4",
                () -> tensor.matmul(a, fp32(new float[24], 4, 6), untouched(3, 4)));
    }

    @Test
    void refusesOutputThatOverlapsAnInput() {
        TensorEngine tensor = tensor(Implementation.REFERENCE);
        float[] shared = new float[20];
        Operand<?, float[]> b = fp32(new float[4], 2, 2);
        Operand<?, float[]> a = fp32(shared, 2, 2);
        Matrix<float[]> c = new Matrix<>(shared, 3, 2, 2, 2);
        Matrix<float[]> after = new Matrix<>(shared, 4, 2, 2, 2);
        assertMessage("c (2x2) must not overlap a (2x2)", () -> tensor.matmul(a, b, c));
        assertMessage("c (2x2) must not overlap b (2x2)", () -> tensor.matmul(b, a, c));
        tensor.matmul(a, b, after);
        MatmulOptions batch = MatmulOptions.FAST.withBatch(new Batch(2, 4, 0, 4));
        assertMessage("c (2x2) must not overlap a (2x2)", () -> tensor.matmul(a, b, after, batch));
    }

    @Test
    void refusesBatchesThatDoNotFit() {
        TensorEngine tensor = tensor(Implementation.REFERENCE);
        Operand<?, float[]> a = fp32(new float[8], 2, 2);
        Operand<?, float[]> b = fp32(new float[8], 2, 2);
        Matrix<float[]> c = Matrix.of(new float[8], 2, 2);
        assertMessage(
                "a, 3 matrices of 2x2 with stride 4, takes elements 0 to 12 of an array of 8",
                () -> tensor.matmul(a, b, c, MatmulOptions.FAST.withBatch(new Batch(3, 4, 0, 4))));
        assertMessage(
                "the stride 3 of c (2x2) must be at least the 4 elements from its first to its last",
                () -> tensor.matmul(a, b, c, MatmulOptions.FAST.withBatch(new Batch(2, 4, 4, 3))));
        assertMessage("count must be at least 1, not 0", () -> new Batch(0, 0, 0, 0));
        assertMessage("strides must not be negative: a 0, b -1, c 0", () -> new Batch(1, 0, -1, 0));
        assertMessage("threads must be at least 1, not 0", () -> MatmulOptions.FAST.withThreads(0));
    }

    @Test
    void refusesFormatsOfOtherThan8BitsAsCfp8() {
        assertThrows(IllegalArgumentException.class, () -> Element.cfp8(FloatFormat.BF16));
    }

    @Test
    void refusesMatricesThatTheirArrayDoesNotHold() {
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(new float[5], 2, 3));
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(new float[5], 0, 3));
        assertThrows(IllegalArgumentException.class, () -> Matrix.of(new float[5], 1, -1));
        assertThrows(IllegalArgumentException.class, () -> new Matrix<>(new float[9], 0, 2, 3, 2));
        assertThrows(IllegalArgumentException.class, () -> new Matrix<>(new float[9], -1, 1, 1, 1));
        assertThrows(IllegalArgumentException.class, () -> new Matrix<>(new float[9], 0, 65536, 65536, 65536));
    }

    private static TensorEngine tensor(Implementation implementation) {
        return Engines.of(implementation).tensor();
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }

    private static void assertWithinBound(Operand<?, float[]> a, Operand<?, float[]> b, Matrix<float[]> c) {
        double k = a.columns() + 1;
        double gamma = k * UNIT_ROUNDOFF / (1 - k * UNIT_ROUNDOFF);
        for (int i = 0; i < c.rows(); i++) {
            for (int j = 0; j < c.columns(); j++) {
                double sum = 0;
                double magnitudes = 0;
                for (int p = 0; p < a.columns(); p++) {
                    double product = (double) a.value(0, i, p) * b.value(0, p, j);
                    sum += product;
                    magnitudes += Math.abs(product);
                }
                double error = Math.abs(c.data()[c.row(i) + j] - sum);
                assertTrue(error <= gamma * magnitudes, i + ", " + j + ": off by " + error);
            }
        }
    }

    private static int[] exact(Operand<?, int[]> a, Operand<?, int[]> b) {
        int[] sums = new int[a.rows() * b.columns()];
        for (int i = 0; i < a.rows(); i++) {
            for (int j = 0; j < b.columns(); j++) {
                long sum = 0;
                for (int p = 0; p < a.columns(); p++) {
                    sum += ((long) a.value(0, i, p)) * ((long) b.value(0, p, j));
                }
                sums[i * b.columns() + j] = Math.toIntExact(sum);
            }
        }
        return sums;
    }

    private static Operand<float[], float[]> fp32(float[] values, int rows, int columns) {
        return Operand.of(Element.FP32, Matrix.of(values, rows, columns));
    }

    private static Matrix<float[]> untouched(int m, int n) {
        return Matrix.of(filled(m * n, UNTOUCHED), m, n);
    }

    private static float[] filled(int length, float value) {
        float[] values = new float[length];
        Arrays.fill(values, value);
        return values;
    }
}
