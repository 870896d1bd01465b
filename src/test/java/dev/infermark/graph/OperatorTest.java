package dev.infermark.graph;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Spatial.Rounding;
import dev.infermark.numerics.DataType;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class OperatorTest {

    @Test
    void matMulBroadcastsItsStacksAndCountsTwoFlopsPerMultiplyAccumulate() {
        MatMul matMul = new MatMul(Operand.PLAIN, Operand.TRANSPOSED);
        List<TensorType> inputs = fp32(Shape.of(2, 1, 5, 7), Shape.of(3, 11, 7));
        assertEquals(Shape.of(2, 3, 5, 11), only(matMul, inputs));
        assertEquals(2L * 2 * 3 * 5 * 11 * 7, work(matMul, inputs).flops());
    }

    @Test
    void matMulRefusesInnerDimensionsThatDiffer() {
        var e = assertThrows(
                IllegalArgumentException.class, () -> only(new MatMul(), fp32(Shape.of(2, 3), Shape.of(4, 5))));
        assertMentions(e, "2x3", "4x5");
    }

    @Test
    void convolutionHasTheSizesOfResNetsFirst() {
        Convolution stem = new Convolution(Spatial.square(7, 2, 3), 1);
        List<TensorType> inputs = fp32(Shape.of(1, 3, 224, 224), Shape.of(64, 3, 7, 7));
        assertEquals(Shape.of(1, 64, 112, 112), only(stem, inputs));
        assertEquals(2L * 64 * 112 * 112 * 3 * 49, work(stem, inputs).flops());
    }

    @Test
    void depthwiseConvolutionHasOneChannelPerGroup() {
        Convolution depthwise = new Convolution(Spatial.square(3, 1, 1), 32);
        List<TensorType> inputs = fp32(Shape.of(1, 32, 8, 8), Shape.of(32, 1, 3, 3));
        assertEquals(Shape.of(1, 32, 8, 8), only(depthwise, inputs));
        assertEquals(2L * 32 * 64 * 9, work(depthwise, inputs).flops());
    }

    @Test
    void transposedConvolutionUndoesTheStride() {
        TransposedConvolution up = new TransposedConvolution(Spatial.square(2, 2, 0), 1, List.of(0L, 0L));
        assertEquals(
                Shape.of(1, 64, 56, 56), only(up, fp32(Shape.of(1, 128, 28, 28), Shape.of(128, 64, 2, 2))));
    }

    @Test
    void poolingRoundsUpOnlyToWindowsThatBeginInTheInput() {
        Spatial window = Spatial.square(3, 2, 0);
        assertEquals(Shape.of(1, 8, 6, 6), pooled(window, Rounding.DOWN, 13));
        assertEquals(Shape.of(1, 8, 7, 7), pooled(window, Rounding.UP, 14));
        assertEquals(Shape.of(1, 8, 2, 2), pooled(Spatial.square(1, 3, 0), Rounding.UP, 6));
    }

    @Test
    void reductionKeepsOrDropsItsAxes() {
        List<TensorType> inputs = fp32(Shape.of(2, 3, 4));
        assertEquals(Shape.of(2, 1, 4), only(new Reduce(Reduce.Kind.MEAN, List.of(-2), Reduce.Axes.KEPT), inputs));
        assertEquals(Shape.of(3), only(new Reduce(Reduce.Kind.SUM, List.of(0, 2), Reduce.Axes.DROPPED), inputs));
        assertEquals(Shape.of(), only(new Reduce(Reduce.Kind.SUM, List.of(), Reduce.Axes.DROPPED), inputs));
    }

    @Test
    void gatherReplacesItsAxisByTheShapeOfTheIndices() {
        List<TensorType> inputs = List.of(
                new TensorType(DataType.FP32, Shape.of(30522, 768)), new TensorType(DataType.INT64, Shape.of(4, 128)));
        assertEquals(Shape.of(4, 128, 768), only(new Gather(0), inputs));
    }

    @Test
    void concatenationAddsUpItsAxis() {
        assertEquals(Shape.of(1, 5, 4), only(new Concat(1), fp32(Shape.of(1, 2, 4), Shape.of(1, 3, 4))));
        assertThrows(
                IllegalArgumentException.class, () -> only(new Concat(1), fp32(Shape.of(1, 2, 4), Shape.of(1, 3, 5))));
    }

    @Test
    void reshapeKeepsTheNumberOfElements() {
        assertEquals(Shape.of(6, 4), only(new Reshape(Shape.of(6, 4)), fp32(Shape.of(2, 3, 4))));
        assertThrows(
                IllegalArgumentException.class, () -> only(new Reshape(Shape.of(5, 5)), fp32(Shape.of(2, 3, 4))));
    }

    @Test
    void slicesLieWithinTheirTensor() {
        List<TensorType> x = fp32(Shape.of(2, 6));
        assertEquals(Shape.of(2, 4), only(Slice.of(-1, 2, 4), x));
        assertEquals(Shape.of(1, 6), Slice.split(0, List.of(1L, 1L)).infer(x).getLast().shape());
        assertEquals(Shape.of(2, 6), only(new Slice(1, List.of(new Slice.Part(5, 6, -1))), x));
        assertThrows(IllegalArgumentException.class, () -> only(Slice.of(1, 3, 4), x));
        assertThrows(IllegalArgumentException.class, () -> only(Slice.of(1, -1, 2), x));
    }

    @Test
    void collectivesJoinAndCutAlongTheirAxis() {
        List<TensorType> x = fp32(Shape.of(2, 6));
        assertEquals(Shape.of(2, 12), only(new Collective(Collective.Kind.ALL_GATHER, 2, 1), x));
        assertEquals(Shape.of(1, 6), only(new Collective(Collective.Kind.REDUCE_SCATTER, 2, 0), x));
        assertEquals(Shape.of(2, 6), only(new Collective(Collective.Kind.ALL_REDUCE, 2, 0), x));
        assertThrows(
                IllegalArgumentException.class,
                () -> only(new Collective(Collective.Kind.REDUCE_SCATTER, 4, 1), x));
    }

    @Test
    void sizesThat64BitsDoNotHoldAreRefusedWhereTheyMultiply() {
        Spatial wide = new Spatial(List.of(1L << 40), List.of(1L), List.of(1L << 40), List.of(0L), List.of(0L));
        assertThrows(ArithmeticException.class, () -> wide.output(0, 8, Rounding.DOWN));
        Pool pool = new Pool(
                Pool.Kind.MAX,
                new Spatial(List.of(1L << 32), List.of(1L), List.of(1L), List.of(1L << 32), List.of(1L << 32)),
                Rounding.DOWN);
        assertThrows(ArithmeticException.class, () -> work(pool, fp32(Shape.of(1, 1, 8))));
    }

    @Test
    void transposeRefusesWhatIsNoPermutation() {
        assertEquals(Shape.of(4, 2, 3), only(Transpose.of(2, 0, 1), fp32(Shape.of(2, 3, 4))));
        assertThrows(IllegalArgumentException.class, () -> Transpose.of(0, 0, 1));
    }

    @Test
    void comparisonsGiveTruthValues() {
        Elementwise less = new Elementwise(Elementwise.Kind.COMPARE);
        assertEquals(
                DataType.BOOL, less.infer(fp32(Shape.of(2), Shape.of(1))).getFirst().type());
    }

    private static Shape pooled(Spatial window, Rounding rounding, long size) {
        return only(new Pool(Pool.Kind.MAX, window, rounding), fp32(Shape.of(1, 8, size, size)));
    }

    private static List<TensorType> fp32(Shape... shapes) {
        return Arrays.stream(shapes).map(shape -> new TensorType(DataType.FP32, shape)).toList();
    }

    private static Shape only(Operator operator, List<TensorType> inputs) {
        return operator.infer(inputs).getFirst().shape();
    }

    private static Work work(Operator operator, List<TensorType> inputs) {
        return operator.work(inputs, operator.infer(inputs));
    }
}
