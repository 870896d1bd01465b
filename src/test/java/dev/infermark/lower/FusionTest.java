package dev.infermark.lower;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Convolution;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Expand;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Reshape;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Transpose;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup.Lane;
import dev.infermark.lower.InstructionGroup.Passes;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Task;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.numerics.DataType;
import java.util.List;
import org.junit.jupiter.api.Test;

class FusionTest {
    private static final NeuronCore V1 = Catalog.builtIn().core("neuroncore-v1");
    private static final NeuronCore V2 = Catalog.builtIn().core("neuroncore-v2");
    private static final Elementwise ADD = new Elementwise(Elementwise.Kind.ADD);
    private static final Activation GELU = new Activation(Activation.Function.GELU, DataType.FP32);
    private static final Activation RELU = new Activation(Activation.Function.RELU, DataType.FP32);

    private final GraphBuilder builder = new GraphBuilder("net");

    @Test
    void biasIsAddedWhileTheProductMovesOutOfPsum() {
        Tensor y = builder.add("bias", ADD, product("product"), builder.parameter("b", fp32(64)));
        assertEquals(List.of("VECTOR EVACUATION"), passes(V2, y));
    }

    @Test
    void activationIsComputedByTheScalarEngineWhileTheProductMovesOutOfPsum() {
        Tensor biased = builder.add("bias", ADD, product("product"), builder.parameter("b", fp32(64)));
        assertEquals(List.of("SCALAR EVACUATION"), passes(V2, builder.add("gelu", GELU, biased)));
    }

    @Test
    void quickGeluNeedsTheProductItselfBesideTheGate() {
        Activation quick = new Activation(Activation.Function.QUICK_GELU, DataType.FP32);
        assertEquals(
                List.of("VECTOR EVACUATION", "SCALAR ELEMENTWISE", "VECTOR ELEMENTWISE"),
                passes(V2, builder.add("quick", quick, product("product"))));
    }

    @Test
    void onlyOneActivationRidesOnTheEvacuation() {
        Tensor once = builder.add("first", GELU, product("product"));
        assertEquals(
                List.of("SCALAR EVACUATION", "SCALAR ELEMENTWISE"), passes(V2, builder.add("second", GELU, once)));
    }

    @Test
    void aProductThatIsReadTwiceKeepsItsActivationApart() {
        Tensor product = product("product");
        Tensor activated = builder.add("gelu", GELU, product);
        Tensor y = builder.add("gate", new Elementwise(Elementwise.Kind.MULTIPLY), activated, product);
        assertEquals(
                List.of("VECTOR EVACUATION", "SCALAR ELEMENTWISE", "VECTOR ELEMENTWISE"), passes(V2, y));
    }

    @Test
    void batchNormalisationIsMultipliedIntoTheWeights() {
        Tensor x = builder.input("image", fp32(1, 64, 8, 8));
        Tensor convolved = builder.add(
                "convolution",
                new Convolution(Spatial.square(1, 1, 0), 1),
                x,
                builder.parameter("w", fp32(64, 64, 1, 1)));
        Tensor normalised = builder.add(
                "norm",
                new Normalization(Normalization.Kind.BATCH),
                convolved,
                builder.parameter("scale", fp32(64)),
                builder.parameter("shift", fp32(64)),
                builder.constant("mean", fp32(64)),
                builder.constant("variance", fp32(64)));
        assertEquals(List.of("SCALAR EVACUATION"), passes(V2, builder.add("relu", RELU, normalised)));
    }

    @Test
    void rectifierRidesOnTheResidualAddition() {
        Tensor sum = builder.add("residual", ADD, product("left"), product("right"));
        assertEquals(
                List.of("VECTOR EVACUATION", "VECTOR EVACUATION", "VECTOR ELEMENTWISE"),
                passes(V2, builder.add("relu", RELU, sum)));
    }

    @Test
    void viewsAndTransposesBesideProductsCostNothing() {
        Tensor split = builder.add("split", new Reshape(Shape.of(64, 4, 16)), product("product"));
        Tensor heads = builder.add("heads", Transpose.of(1, 0, 2), split);
        assertEquals(List.of("VECTOR EVACUATION"), passes(V2, heads));
    }

    @Test
    void probabilitiesAreTransposedByTheArrayBeforeTheyMeetTheValues() {
        Tensor scores = builder.add("scores", new MatMul(), matrix("q", 64, 64), matrix("k", 64, 64));
        Tensor probabilities = builder.add("softmax", new Softmax(-1), scores);
        Tensor context = builder.add("context", new MatMul(), probabilities, matrix("v", 64, 64));
        assertEquals(
                3,
                groups(V2, context).stream()
                        .filter(group -> group instanceof InstructionGroup.Matmuls)
                        .count());
    }

    @Test
    void maskIsAppliedWhileTheScoresMoveOutOfPsumAndLongOnesSpillOnTheSecondGeneration() {
        assertTrue(spills(V2, 128).isEmpty());
        assertEquals(2 * 4 * 256 * 256, spills(V2, 256).getFirst().bytes());
        assertTrue(spills(V1, 256).isEmpty());
    }

    @Test
    void aMaskAsLargeAsTheScoresIsReadFromMemoryOnTheFirstGenerationWhereKeysAreMany() {
        assertTrue(transfers(V1, 128, Mask.EXPANDED, Purpose.SPILL).isEmpty());
        assertEquals(
                4 * 256 * 256, transfers(V1, 256, Mask.EXPANDED, Purpose.SPILL).getFirst().bytes());
    }

    @Test
    void earlyReleasesMovedScoresAndProbabilitiesOfManyKeysEachOutAndBack() {
        assertTrue(transfers(V2, 128, Mask.NONE, Purpose.SCORES).isEmpty());
        assertEquals(
                2 * 2 * 4 * 256 * 256, transfers(V2, 256, Mask.NONE, Purpose.SCORES).getFirst().bytes());
        // Masked scores spill under every release and are not counted twice.
        assertEquals(
                2 * 4 * 256 * 256, transfers(V2, 256, Mask.ADDED, Purpose.SCORES).getFirst().bytes());
        assertTrue(transfers(V1, 256, Mask.ADDED, Purpose.SCORES).isEmpty());
    }

    private enum Mask {
        NONE,
        ADDED,
        EXPANDED
    }

    private static List<Transfer> spills(NeuronCore core, long keys) {
        return transfers(core, keys, Mask.ADDED, Purpose.SPILL);
    }

    private static List<Transfer> transfers(NeuronCore core, long keys, Mask mask, Purpose purpose) {
        GraphBuilder builder = new GraphBuilder("attention");
        Tensor q = builder.input("q", fp32(1, 1, keys, 64));
        Tensor k = builder.input("k", fp32(1, 1, 64, keys));
        Tensor scores = builder.add("scores", new MatMul(), q, k);
        Tensor masked = switch (mask) {
            case NONE -> scores;
            case ADDED -> builder.add("mask", ADD, scores, builder.input("m", fp32(1, 1, 1, keys)));
            case EXPANDED -> builder.add(
                    "mask",
                    new Elementwise(Elementwise.Kind.SELECT),
                    builder.add(
                            "expand",
                            new Expand(scores.shape()),
                            builder.input("m", new TensorType(DataType.BOOL, Shape.of(1, 1, 1, keys)))),
                    builder.constant("lowest", fp32(1)),
                    scores);
        };
        Tensor probabilities = builder.add("softmax", new Softmax(-1), masked);
        Tensor values = builder.input("v", fp32(1, 1, keys, 64));
        Program program = new Lowerer(core, new Precision(DataType.BF16, DataType.BF16))
                .lower(builder.build(builder.add("context", new MatMul(), probabilities, values)));
        return program.stages().stream()
                .flatMap(stage -> stage.groups().stream())
                .filter(group -> group instanceof Transfer transfer && transfer.purpose() == purpose)
                .map(Transfer.class::cast)
                .toList();
    }

    private Tensor product(String name) {
        Tensor weights = builder.parameter(name + ".w", fp32(64, 64));
        return builder.add(name, new MatMul(), matrix(name + ".x", 64, 64), weights);
    }

    private Tensor matrix(String name, long rows, long columns) {
        return builder.input(name, fp32(rows, columns));
    }

    private static TensorType fp32(long... dimensions) {
        return new TensorType(DataType.FP32, Shape.of(dimensions));
    }

    private List<String> passes(NeuronCore core, Tensor output) {
        return groups(core, output).stream()
                .filter(group -> group instanceof Passes)
                .map(Passes.class::cast)
                .map(passes -> label(passes.engine(), passes.task()))
                .toList();
    }

    private static String label(Lane engine, Task task) {
        return engine + " " + task;
    }

    private List<InstructionGroup> groups(NeuronCore core, Tensor output) {
        Program program =
                new Lowerer(core, new Precision(DataType.BF16, DataType.BF16)).lower(builder.build(output));
        return program.stages().stream().flatMap(stage -> stage.groups().stream()).toList();
    }
}
