package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.EmbeddingGather;
import dev.infermark.kernel.gpsimd.Iota;
import dev.infermark.kernel.gpsimd.NonMaximumSuppression;
import dev.infermark.kernel.gpsimd.Relu;
import dev.infermark.kernel.gpsimd.Tensor;
import dev.infermark.kernel.gpsimd.TensorSpec;
import dev.infermark.kernel.gpsimd.TopK;
import dev.infermark.kernel.gpsimd.TriangularMask;
import dev.infermark.numerics.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GpsimdOperatorsTest {
    private static final int[] SIZES = {1, 7, 13, 63, 64, 65, 127, 128, 207, 768, 1023, 4098};
    private static final float[] BOUNDARIES = {
        0f, -0f, 1f, -1f, Float.MIN_VALUE, -Float.MIN_VALUE, Float.MIN_NORMAL, -Float.MIN_NORMAL, Float.MAX_VALUE,
        -Float.MAX_VALUE, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.NaN
    };

    static Stream<Arguments> implementationsAndTypes() {
        return Stream.of(DataType.FP32, DataType.INT32, DataType.INT16, DataType.INT8, DataType.UINT8, DataType.BF16)
                .flatMap(type -> Arrays.stream(Implementation.values()).map(i -> Arguments.of(i, type)));
    }

    private static Tensor run(Implementation implementation, CustomOperator operator, Tensor... inputs) {
        return Engines.of(implementation).gpsimd().run(operator, List.of(inputs)).getFirst();
    }

    private static int bits(Tensor tensor, int position) {
        return tensor.type() == DataType.FP32
                ? Float.floatToRawIntBits(tensor.floats().at(position))
                : tensor.ints().at(position);
    }

    /** Elements that differ from their neighbours, boundary values of FP32 among them. */
    private static Tensor sample(DataType type, int... sizes) {
        Tensor tensor = Tensor.zeros(type, sizes);
        for (int i = 0; i < tensor.elements(); i++) {
            if (type == DataType.FP32) {
                tensor.floats().put(i, i % 3 == 0 ? BOUNDARIES[i / 3 % BOUNDARIES.length] : i - 50);
            } else {
                tensor.ints().put(i, type == DataType.UINT8 || type == DataType.BF16 ? i % 251 : i % 251 - 125);
            }
        }
        return tensor;
    }

    @ParameterizedTest
    @MethodSource("implementationsAndTypes")
    void triangularMaskKeepsTheDiagonalAndWhatIsBelow(Implementation implementation, DataType type) {
        for (int[] shape : new int[][] {
            {1, 1}, {1, 7, 7}, {3, 13, 65}, {2, 65, 13}, {5, 63, 64}, {207, 207}, {2, 2, 128, 127}, {9, 4098}, {33, 17}
        }) {
            Tensor x = sample(type, shape);
            Tensor y = run(implementation, new TriangularMask(3), x);
            int rows = x.size(-2);
            int columns = x.size(-1);
            int replacement = bits(Tensor.full(3, type, 1), 0);
            for (int p = 0; p < x.elements(); p++) {
                boolean kept = p % columns <= p / columns % rows;
                int position = p;
                assertEquals(kept ? bits(x, p) : replacement, bits(y, p), () -> x + " at " + position);
            }
        }
    }

    @Test
    void triangularMaskRefusesAReplacementThatTheTypeDoesNotHold() {
        assertMessage(
                "value: -Infinity is no int8, which holds the whole numbers from -128 to 127",
                () -> run(Implementation.REFERENCE, new TriangularMask(), Tensor.zeros(DataType.INT8, 2, 2)));
        assertMessage(
                "inputs: triangularMask takes matrices, not fp32 4",
                () -> run(Implementation.REFERENCE, new TriangularMask(), Tensor.zeros(DataType.FP32, 4)));
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void iotaCountsAndIntegersWrapAround(Implementation implementation) {
        for (int n : SIZES) {
            Tensor floats = run(implementation, new Iota(TensorSpec.of(DataType.FP32, n), 0.1, 1.7));
            Tensor ints = run(implementation, new Iota(TensorSpec.of(DataType.INT32, n), 5, Integer.MAX_VALUE));
            Tensor shorts = run(implementation, new Iota(TensorSpec.of(DataType.INT16, n), -3, 1000));
            Tensor bytes = run(implementation, new Iota(TensorSpec.of(DataType.INT8, n), 1, -2));
            Tensor unsigned = run(implementation, new Iota(TensorSpec.of(DataType.UINT8, n), 1, 3));
            for (int i = 0; i < n; i++) {
                assertEquals(0.1f + 1.7f * i, floats.floats().at(i));
                assertEquals(5 + Integer.MAX_VALUE * i, ints.ints().at(i));
                assertEquals((short) (-3 + 1000 * i), shorts.ints().at(i));
                assertEquals((byte) (1 - 2 * i), bytes.ints().at(i));
                assertEquals((1 + 3 * i) & 0xff, unsigned.ints().at(i));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementationsAndTypes")
    void reluReplacesWhatIsBelowZero(Implementation implementation, DataType type) {
        if (type == DataType.BF16) {
            return;
        }
        for (int n : SIZES) {
            Tensor x = sample(type, n);
            Tensor y = run(implementation, new Relu(), x);
            for (int i = 0; i < n; i++) {
                boolean negative = type == DataType.FP32
                        ? x.floats().at(i) < 0
                        : x.ints().at(i) < 0;
                assertEquals(negative ? 0 : bits(x, i), bits(y, i), x.toString());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("implementationsAndTypes")
    void embeddingGatherCopiesRows(Implementation implementation, DataType type) {
        for (int columns : new int[] {1, 7, 65, 1023}) {
            Tensor table = sample(type, 20, columns);
            Tensor indices = Tensor.of(new int[] {19, 0, 7, 7, 3, 18, 1, 0, 19, 2}, 2, 5);
            Tensor y = run(implementation, new EmbeddingGather(), table, indices);
            assertEquals(TensorSpec.of(type, 2, 5, columns), y.spec());
            for (int p = 0; p < y.elements(); p++) {
                int row = indices.ints().at(p / columns);
                assertEquals(bits(table, row * columns + p % columns), bits(y, p));
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void embeddingGatherNamesTheFirstIndexOutside(Implementation implementation) {
        Tensor table = Tensor.zeros(DataType.FP32, 20, 3);
        for (int wrong : new int[] {20, -1, Integer.MIN_VALUE}) {
            int[] indices = new int[100];
            indices[41] = wrong;
            indices[77] = 99;
            assertMessage(
                    "indices (int32 4x25): element 41 is " + wrong + ", table (fp32 20x3) has the rows 0 to 19",
                    () -> run(implementation, new EmbeddingGather(), table, Tensor.of(indices, 4, 25)));
        }
        assertMessage(
                "inputs: embeddingGather takes a matrix and int32 indices, not [fp32 20x3, fp32 20x3]",
                () -> run(implementation, new EmbeddingGather(), table, table));
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void topKSortsWithTiesInOrderAndNanFirst(Implementation implementation) {
        SplittableRandom random = new SplittableRandom(3);
        for (int n : SIZES) {
            float[] elements = new float[3 * n];
            for (int i = 0; i < elements.length; i++) {
                boolean boundary = random.nextInt(4) == 0;
                elements[i] = boundary ? BOUNDARIES[random.nextInt(BOUNDARIES.length)] : random.nextInt(-9, 9);
            }
            for (int k : new int[] {1, Math.min(n, 8), n}) {
                List<Tensor> results = Engines.of(implementation)
                        .gpsimd()
                        .run(new TopK(k), List.of(Tensor.of(elements, 3, n)));
                for (int row = 0; row < 3; row++) {
                    int start = row * n;
                    // Adding zero makes -0 equal to 0; the sort is stable.
                    int[] order = IntStream.range(0, n)
                            .boxed()
                            .sorted(Comparator.comparingDouble((Integer i) -> elements[start + i] + 0f)
                                    .reversed())
                            .mapToInt(Integer::intValue)
                            .toArray();
                    for (int i = 0; i < k; i++) {
                        assertEquals(order[i], results.getLast().ints().get(row, i));
                        assertEquals(elements[start + order[i]], results.getFirst().floats().get(row, i));
                    }
                }
            }
        }
    }

    @Test
    void topKRefusesMoreThanThereIs() {
        assertMessage(
                "inputs: topK takes fp32 with rows of at least 8 elements, not fp32 2x7",
                () -> run(Implementation.REFERENCE, new TopK(), Tensor.zeros(DataType.FP32, 2, 7)));
        assertMessage("k: 0 is not from 1 to 8192", () -> new TopK(0));
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void nonMaximumSuppressionKeepsWhatTheGreedyRuleKeeps(Implementation implementation) {
        SplittableRandom random = new SplittableRandom(5);
        for (int n : new int[] {1, 7, 64, 207, 1023}) {
            float[] corners = new float[2 * n * 4];
            for (int i = 0; i < corners.length; i++) {
                corners[i] = random.nextInt(0, 40) / 8f;
            }
            float[] scores = new float[2 * 3 * n];
            for (int i = 0; i < scores.length; i++) {
                scores[i] = random.nextInt(0, 20) / 16f;
            }
            var operator = new NonMaximumSuppression(0.25f, 0.125f, 40);
            List<Tensor> results = Engines.of(implementation)
                    .gpsimd()
                    .run(operator, List.of(Tensor.of(corners, 2, n, 4), Tensor.of(scores, 2, 3, n)));
            for (int item = 0; item < 6; item++) {
                List<Integer> expected = greedy(corners, item / 3 * n * 4, scores, item * n, n, operator);
                assertEquals(expected.size(), results.getLast().ints().at(item));
                for (int i = 0; i < 40; i++) {
                    assertEquals(
                            i < expected.size() ? expected.get(i) : -1,
                            results.getFirst().ints().at(item * 40 + i));
                }
            }
        }
    }

    private static List<Integer> greedy(
            float[] corners, int firstCorner, float[] scores, int firstScore, int n, NonMaximumSuppression rule) {
        List<Integer> kept = new ArrayList<>();
        IntStream.range(0, n)
                .filter(i -> scores[firstScore + i] > rule.scoreThreshold())
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -scores[firstScore + i]))
                .forEach(i -> {
                    boolean free = kept.stream()
                            .noneMatch(other -> overlap(corners, firstCorner + 4 * i, firstCorner + 4 * other)
                                    > rule.overlapThreshold());
                    if (free && kept.size() < rule.most()) {
                        kept.add(i);
                    }
                });
        return kept;
    }

    /** Corners are multiples of 1/8 below 5, so that every area is exact. */
    private static float overlap(float[] c, int a, int b) {
        float width = Math.min(Math.max(c[a], c[a + 2]), Math.max(c[b], c[b + 2]))
                - Math.max(Math.min(c[a], c[a + 2]), Math.min(c[b], c[b + 2]));
        float height = Math.min(Math.max(c[a + 1], c[a + 3]), Math.max(c[b + 1], c[b + 3]))
                - Math.max(Math.min(c[a + 1], c[a + 3]), Math.min(c[b + 1], c[b + 3]));
        float both = Math.max(width, 0) * Math.max(height, 0);
        float areas = Math.abs((c[a + 2] - c[a]) * (c[a + 3] - c[a + 1]))
                + Math.abs((c[b + 2] - c[b]) * (c[b + 3] - c[b + 1]));
        return both / (areas - both);
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void nonMaximumSuppressionNamesWhereNanStands(Implementation implementation) {
        Tensor boxes = Tensor.zeros(DataType.FP32, 1, 50, 4);
        Tensor scores = Tensor.ones(DataType.FP32, 1, 2, 50);
        scores.floats().set(Float.NaN, 0, 1, 33);
        assertMessage(
                "scores (fp32 1x2x50): element 83 is NaN",
                () -> run(implementation, new NonMaximumSuppression(), boxes, scores));
        boxes.floats().set(Float.NaN, 0, 30, 1);
        assertMessage(
                "boxes (fp32 1x50x4): element 121 is NaN",
                () -> run(implementation, new NonMaximumSuppression(), boxes, scores));
        assertMessage(
                "inputs: nonMaximumSuppression takes fp32 boxes b×n×4 and fp32 scores b×c×n, "
                        + "not [fp32 1x50x4, fp32 1x50x4]",
                () -> run(implementation, new NonMaximumSuppression(), boxes, boxes));
        assertMessage("most: 3969 is not from 1 to 3968", () -> new NonMaximumSuppression(0.5f, 0, 3969));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
