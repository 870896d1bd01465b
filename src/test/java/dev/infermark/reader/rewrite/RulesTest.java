package dev.infermark.reader.rewrite;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Activation.Function;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Elementwise.Kind;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.MatMul.Operand;
import dev.infermark.graph.Node;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Transpose;
import dev.infermark.numerics.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Each rule alone: it recognises its pattern, and leaves what only looks like it. */
class RulesTest {
    private final GraphBuilder graph = new GraphBuilder("pattern");
    private final Tensor x = graph.input("x", type(2, 8, 64));
    private final Tensor other = graph.input("other", type(2, 8, 64));

    @Test
    void layerNormalizationIsDeviationsOverTheRootOfTheirVariance() {
        Tensor centred = pair(Kind.SUBTRACT, x, mean(x));
        Tensor root = function(Function.SQRT, variance(pair(Kind.POWER, centred, number())));
        assertEquals(
                List.of(new Normalization(Normalization.Kind.LAYER)),
                operators(new LayerNormalizationRule(), pair(Kind.DIVIDE, centred, root)));
    }

    @Test
    void layerNormalizationNeedsTheVarianceOfTheSameTensor() {
        Tensor centred = pair(Kind.SUBTRACT, x, mean(x));
        Tensor stranger = pair(Kind.SUBTRACT, other, mean(other));
        Tensor root = function(Function.SQRT, variance(pair(Kind.MULTIPLY, stranger, stranger)));
        assertKept(new LayerNormalizationRule(), pair(Kind.DIVIDE, centred, root), 9);
    }

    @Test
    void foldedLayerNormalizationIsOneScaleAndOneShift() {
        Tensor mean = mean(x);
        Tensor deviation = pair(Kind.SUBTRACT, x, mean);
        Tensor root = function(Function.RSQRT, variance(function(Function.SQUARE, deviation)));
        Tensor factor = pair(Kind.MULTIPLY, root, learned("scale"));
        Tensor shift = pair(Kind.SUBTRACT, learned("shift"), pair(Kind.MULTIPLY, mean, factor));
        Graph rewritten = rewrite(
                new FoldedLayerNormalizationRule(), pair(Kind.ADD, pair(Kind.MULTIPLY, x, factor), shift));
        assertEquals(1, rewritten.nodes().size());
        assertEquals(
                List.of("x", "scale", "shift"),
                rewritten.nodes().getFirst().inputs().stream().map(Tensor::name).toList());
    }

    @Test
    void foldedLayerNormalizationNeedsTheSameFactor() {
        Tensor mean = mean(x);
        Tensor factor = pair(Kind.MULTIPLY, function(Function.RSQRT, mean), learned("scale"));
        Tensor stranger = pair(Kind.MULTIPLY, function(Function.RSQRT, mean), learned("other scale"));
        Tensor shift = pair(Kind.SUBTRACT, learned("shift"), pair(Kind.MULTIPLY, mean, stranger));
        assertKept(new FoldedLayerNormalizationRule(), pair(Kind.ADD, pair(Kind.MULTIPLY, x, factor), shift), 9);
    }

    @Test
    void rmsNormalizationIsAProductWithTheReciprocalRoot() {
        Tensor root = function(Function.RSQRT, variance(pair(Kind.MULTIPLY, x, x)));
        assertEquals(
                List.of(new Normalization(Normalization.Kind.RMS)),
                operators(new RmsNormalizationRule(), pair(Kind.MULTIPLY, x, root)));
    }

    @Test
    void rmsNormalizationNeedsItsOwnSquares() {
        Tensor root = function(Function.RSQRT, variance(pair(Kind.MULTIPLY, other, other)));
        assertKept(new RmsNormalizationRule(), pair(Kind.MULTIPLY, x, root), 5);
    }

    @Test
    void scaleAndShiftBelongToTheNormalization() {
        Tensor normalized = graph.add("norm", new Normalization(Normalization.Kind.LAYER), x);
        Tensor scaled = pair(Kind.MULTIPLY, normalized, learned("scale"));
        Graph rewritten = rewrite(new NormalizationScaleRule(), pair(Kind.ADD, scaled, learned("shift")));
        assertEquals(1, rewritten.nodes().size());
        assertEquals(3, rewritten.nodes().getFirst().inputs().size());
    }

    @Test
    void residualsDoNotBelongToTheNormalization() {
        Tensor normalized = graph.add("norm", new Normalization(Normalization.Kind.LAYER), x);
        assertKept(new NormalizationScaleRule(), pair(Kind.ADD, normalized, other), 2);
    }

    @Test
    void geluIsRecognisedInAnyOrderOfItsFactors() {
        Tensor gate = pair(Kind.ADD, function(Function.ERF, pair(Kind.DIVIDE, x, number())), number());
        List<Tensor> forms = List.of(
                pair(Kind.MULTIPLY, pair(Kind.MULTIPLY, x, gate), number()),
                pair(Kind.MULTIPLY, pair(Kind.MULTIPLY, x, number()), gate),
                pair(Kind.MULTIPLY, x, pair(Kind.MULTIPLY, number(), gate)));
        for (Tensor form : forms) {
            assertEquals(List.of(activation(Function.GELU)), operators(new GeluRule(), form));
        }
    }

    @Test
    void geluNeedsTheErrorFunctionOfItsOwnArgument() {
        Tensor gate = pair(Kind.ADD, function(Function.ERF, pair(Kind.DIVIDE, other, number())), number());
        assertKept(new GeluRule(), pair(Kind.MULTIPLY, x, gate), 4);
    }

    @Test
    void geluByTanhIsRecognisedByItsCubic() {
        Tensor cube = pair(Kind.POWER, x, number());
        Tensor inner = pair(Kind.ADD, x, pair(Kind.MULTIPLY, cube, number()));
        Tensor gate = pair(Kind.ADD, function(Function.TANH, pair(Kind.MULTIPLY, inner, number())), number());
        assertEquals(
                List.of(activation(Function.GELU_TANH)),
                operators(new GeluTanhRule(), pair(Kind.MULTIPLY, pair(Kind.MULTIPLY, x, number()), gate)));
    }

    @Test
    void geluByTanhNeedsAPolynomialOfItsOwnArgument() {
        Tensor inner = pair(Kind.ADD, other, pair(Kind.POWER, x, number()));
        Tensor gate = pair(Kind.ADD, function(Function.TANH, inner), number());
        assertKept(new GeluTanhRule(), pair(Kind.MULTIPLY, x, gate), 5);
    }

    @Test
    void siluIsAProductWithItsOwnSigmoid() {
        Tensor gated = pair(Kind.MULTIPLY, function(Function.SIGMOID, x), x);
        assertEquals(List.of(activation(Function.SILU)), operators(new SiluRule(), gated));
        Tensor quick = pair(Kind.MULTIPLY, x, function(Function.SIGMOID, pair(Kind.MULTIPLY, x, number())));
        assertEquals(List.of(activation(Function.QUICK_GELU)), operators(new SiluRule(), quick));
        assertKept(new SiluRule(), pair(Kind.MULTIPLY, other, function(Function.SIGMOID, x)), 2);
    }

    @Test
    void hardSwishIsAProductWithAClippedShift() {
        Tensor clipped = function(Function.CLIP, pair(Kind.ADD, x, number()));
        Tensor product = pair(Kind.DIVIDE, pair(Kind.MULTIPLY, x, clipped), number());
        assertEquals(
                List.of(activation(Function.HARD_SWISH)), operators(new HardSwishRule(), product));
        assertKept(new HardSwishRule(), pair(Kind.MULTIPLY, x, clipped), 3);
        assertKept(new HardSwishRule(), pair(Kind.MULTIPLY, other, clipped), 3);
    }

    @Test
    void mishIsAProductWithTheTanhOfSoftplus() {
        Tensor gate = function(Function.TANH, function(Function.SOFTPLUS, x));
        assertEquals(List.of(activation(Function.MISH)), operators(new MishRule(), pair(Kind.MULTIPLY, x, gate)));
        assertKept(new MishRule(), pair(Kind.MULTIPLY, other, gate), 3);
    }

    @Test
    void softmaxIsExponentialsOverTheirSum() {
        Tensor shifted = pair(Kind.SUBTRACT, x, reduced(Reduce.Kind.MAX, x));
        Tensor exponentials = function(Function.EXP, shifted);
        Tensor sum = reduced(Reduce.Kind.SUM, exponentials);
        assertEquals(
                List.of(new Softmax(-1)), operators(new SoftmaxRule(), pair(Kind.DIVIDE, exponentials, sum)));
        Tensor stranger = reduced(Reduce.Kind.SUM, function(Function.EXP, other));
        assertKept(new SoftmaxRule(), pair(Kind.DIVIDE, exponentials, stranger), 6);
    }

    @Test
    void transposedOperandsBelongToTheProduct() {
        Tensor q = graph.input("q", type(2, 4, 8, 16));
        Tensor k = graph.input("k", type(2, 8, 4, 16));
        Tensor moved = graph.add("move", Transpose.of(0, 2, 3, 1), k);
        assertEquals(
                List.of(Transpose.of(0, 2, 1, 3), new MatMul(Operand.PLAIN, Operand.TRANSPOSED)),
                operators(new TransposedOperandRule(), graph.add("scores", new MatMul(), q, moved)));
        Tensor kept = graph.add("keep", Transpose.of(0, 2, 1, 3), graph.input("v", type(2, 16, 4, 8)));
        assertKept(new TransposedOperandRule(), graph.add("context", new MatMul(), q, kept), 2);
    }

    @Test
    void errorFunctionIsAnOddRationalFunctionOfWhatWasClipped() {
        Tensor clipped = function(Function.CLIP, x);
        Tensor square = pair(Kind.MULTIPLY, clipped, clipped);
        Tensor above = pair(Kind.MULTIPLY, clipped, polynomial(square));
        assertEquals(
                List.of(activation(Function.ERF)),
                operators(new ErrorFunctionRule(), pair(Kind.DIVIDE, above, polynomial(square))));
    }

    @Test
    void complementOfTheErrorFunctionIsSelectedByTheSizeOfItsArgument() {
        Tensor far = function(Function.EXP, pair(Kind.MULTIPLY, x, x));
        assertEquals(
                List.of(activation(Function.ERF), new Elementwise(Kind.SUBTRACT)),
                operators(new ErrorFunctionRule(), complement(x, far)));
    }

    @Test
    void complementOfTheErrorFunctionDependsOnOneTensorAlone() {
        assertKept(new ErrorFunctionRule(), complement(x, function(Function.EXP, other)), 11);
        assertKept(new ErrorFunctionRule(), complement(other, function(Function.EXP, x)), 11);
    }

    private List<dev.infermark.graph.Operator> operators(Rule rule, Tensor output) {
        return rewrite(rule, output).nodes().stream().map(Node::operator).toList();
    }

    private Graph rewrite(Rule rule, Tensor output) {
        return new Rewriter(List.of(rule)).rewrite(graph.build(output));
    }

    private void assertKept(Rule rule, Tensor output, int nodes) {
        assertEquals(nodes, rewrite(rule, output).nodes().size());
    }

    private Tensor mean(Tensor tensor) {
        return reduced(Reduce.Kind.MEAN, tensor);
    }

    private Tensor reduced(Reduce.Kind kind, Tensor tensor) {
        return graph.add("reduce", new Reduce(kind, List.of(-1), Reduce.Axes.KEPT), tensor);
    }

    /** The mean of squares, kept from zero. */
    private Tensor variance(Tensor squares) {
        return pair(Kind.ADD, mean(squares), number());
    }

    private Tensor function(Function function, Tensor tensor) {
        return graph.add("function", activation(function), tensor);
    }

    private Tensor pair(Kind kind, Tensor first, Tensor second) {
        return graph.add("pair", new Elementwise(kind), first, second);
    }

    private Tensor number() {
        return graph.constant("number", type());
    }

    private Tensor learned(String name) {
        return graph.parameter(name, type(64));
    }

    private Tensor complement(Tensor magnitude, Tensor far) {
        Tensor small = pair(Kind.COMPARE, function(Function.ABSOLUTE, magnitude), number());
        Tensor odd = pair(Kind.MULTIPLY, x, polynomial(pair(Kind.MULTIPLY, x, x)));
        return graph.add("select", new Elementwise(Kind.SELECT), small, pair(Kind.SUBTRACT, number(), odd), far);
    }

    /** (c · y + d) · y + e. */
    private Tensor polynomial(Tensor y) {
        Tensor inner = pair(Kind.ADD, pair(Kind.MULTIPLY, y, number()), number());
        return pair(Kind.ADD, pair(Kind.MULTIPLY, inner, y), number());
    }

    private static Activation activation(Function function) {
        return new Activation(function, DataType.FP32);
    }

    private static TensorType type(long... dimensions) {
        return new TensorType(DataType.FP32, Shape.of(dimensions));
    }
}
