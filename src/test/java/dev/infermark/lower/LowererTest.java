package dev.infermark.lower;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.Refusal;
import dev.infermark.base.UserError;
import dev.infermark.graph.Convolution;
import dev.infermark.graph.Custom;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.lower.InstructionGroup.Matmuls;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LowererTest {
    private static final NeuronCore V1 = Catalog.builtIn().core("neuroncore-v1");
    private static final NeuronCore V2 = Catalog.builtIn().core("neuroncore-v2");
    private static final Precision BF16 = new Precision(DataType.BF16, DataType.BF16);

    @Test
    void tilesAProductByTheArraysRowsAndColumns() {
        // k 1024 is 8 tiles of 128 rows; n 4096 is 32 tiles of 128 columns on v2 and 64 of 64 on v1; 128 rows move.
        assertEquals(new Matmuls("product", DataType.BF16, 8 * 32, 128), product(V2, 128, 1024, 4096));
        assertEquals(new Matmuls("product", DataType.BF16, 8 * 64, 128), product(V1, 128, 1024, 4096));
    }

    @Test
    void makesTheSmallerOperandStationaryWhenThatIsFaster() {
        // One row through 32 tiles costs 64 cycles each, 4096 columns through one tile 4096;
        // 500 rows through one tile cost 500 cycles, 64 columns through four tiles 256.
        assertEquals(new Matmuls("product", DataType.BF16, 32, 1), product(V2, 1, 128, 4096));
        assertEquals(new Matmuls("product", DataType.BF16, 4, 64), product(V2, 500, 128, 64));
    }

    @Test
    void paysTheMinimumIntervalForFewMovingColumns() {
        assertEquals(3 * 64, new Matmuls("", DataType.BF16, 3, 5).cycles(V2));
        assertEquals(3 * (512 + 64), new Matmuls("", DataType.BF16, 3, 513).cycles(V2));
        assertEquals(3 * 1024, new Matmuls("", DataType.BF16, 3, 1024).cycles(V2));
        assertEquals(4 * 3 * 1024, new Matmuls("", DataType.FP32, 3, 1024).cycles(V2));
    }

    @Test
    void runsOneProductForEachTapOfAWindow() {
        Matmuls matmuls = only(Matmuls.class, convolution(64, 3, 1, 1));
        assertEquals(9, matmuls.stationaryTiles());
        assertEquals(56 * 56, matmuls.movingColumns());
    }

    @Test
    void packsTheRowsOfAWindowOverFewChannelsWhereTheCompilerDoes() {
        assertEquals(3, only(Matmuls.class, convolution(3, 3, 1, 1)).stationaryTiles());
        assertEquals(9, only(Matmuls.class, convolution(3, 3, 2, 1)).stationaryTiles());
    }

    @Test
    void packsWindowsThatDoNotOverlap() {
        assertEquals(
                Math.ceilDiv(3 * 14 * 14, 128), only(Matmuls.class, convolution(3, 14, 14, 0)).stationaryTiles());
    }

    @Test
    void refusesNetworksThatComputeNothing() {
        GraphBuilder builder = new GraphBuilder("identity");
        Graph graph = builder.build(builder.input("x", new TensorType(DataType.FP32, Shape.of(1))));
        Refusal refusal = assertThrows(Refusal.class, () -> new Lowerer(V2, BF16).lower(graph));
        assertMentions(refusal, "identity", "nothing is computed");
    }

    @Test
    void fetchesSharedWeightsAtEveryUse() {
        GraphBuilder builder = new GraphBuilder("shared");
        Tensor x = builder.input("x", matrix(4, 256));
        Tensor weights = builder.parameter("w", matrix(256, 256));
        Tensor y = builder.add("second", new MatMul(), builder.add("first", new MatMul(), x, weights), weights);
        Program program = new Lowerer(V2, BF16).lower(builder.build(y));
        assertEquals(256 * 256 * 2, bytes(program, Purpose.WEIGHTS));
        assertEquals(256 * 256 * 2, bytes(program, Purpose.SHARED_WEIGHTS));
        assertEquals(256 * 256 * 2, program.storedBytes());
    }

    @Test
    void storesWeightsInTheTypeOfProducts() {
        GraphBuilder builder = new GraphBuilder("types");
        Tensor x = builder.input("x", matrix(4, 256));
        Tensor y = builder.add("product", new MatMul(), x, builder.parameter("w", matrix(256, 256)));
        Precision uncast = Precision.of(DataType.FP32, AutoCast.NONE, DataType.BF16);
        Program program = new Lowerer(V2, uncast).lower(builder.build(y));
        assertEquals(256 * 256 * 4, bytes(program, Purpose.WEIGHTS));
    }

    @Test
    void refusesUnmodelledOperatorsByNameAndNode() {
        GraphBuilder builder = new GraphBuilder("net");
        Tensor x = builder.input("x", matrix(4, 4));
        Tensor y = builder.add("strange", new Custom("GridSample", List.of(matrix(4, 4))), x);
        Refusal refusal = assertThrows(Refusal.class, () -> new Lowerer(V2, BF16).lower(builder.build(y)));
        assertMentions(refusal, "GridSample", "strange", "of 1 operator", "100.0 %");
    }

    @Test
    void costsAnUnknownOperatorAsDataMovementWhereTheUserAllowsIt() {
        GraphBuilder builder = new GraphBuilder("net");
        Tensor x = builder.input("x", matrix(128, 64));
        Tensor y = builder.add("strange", new Custom("GridSample", List.of(matrix(128, 32))), x);
        Program program = new Lowerer(V2, BF16)
                .lower(FusedGraph.of(
                        builder.build(y), new CustomSupport(CustomOperators.none(), Set.of("GridSample"))));
        Transfer transfer = only(Transfer.class, program);
        assertEquals((128 * 64 + 128 * 32) * 4, transfer.bytes());
    }

    @Test
    void refusesAStepOfDecoding() {
        Workload step = Workload.ofBatch(1).withSequenceLength(1).withCachedTokens(127);
        Refusal refusal = assertThrows(
                Refusal.class, () -> new Lowerer(V2, BF16).lower(Models.find("gpt2").graph(step)));
        assertMentions(refusal, "gpt2", "decoding");
    }

    @Test
    void refusesTypesThatTheArrayLacks() {
        GraphBuilder builder = new GraphBuilder("net");
        Tensor x = builder.input("x", matrix(4, 4));
        Tensor y = builder.add("product", new MatMul(), x, builder.parameter("w", matrix(4, 4)));
        Lowerer lowerer = new Lowerer(V1, new Precision(DataType.FP32, DataType.FP32));
        assertMentions(assertThrows(UserError.class, () -> lowerer.lower(builder.build(y))), "fp32", "bf16");
    }

    @Test
    void knowsTheMostActivationDataAliveAtOnce() {
        GraphBuilder builder = new GraphBuilder("net");
        Tensor x = builder.input("x", matrix(10, 10));
        Tensor wide = builder.add("wide", new MatMul(), x, builder.parameter("up", matrix(10, 1000)));
        Tensor y = builder.add("narrow", new MatMul(), wide, builder.parameter("down", matrix(1000, 10)));
        Program program = new Lowerer(V2, BF16).lower(builder.build(y));
        // While the second product runs, its operand and its result are alive.
        assertEquals((10 * 1000 + 10 * 10) * 2, program.activations().peakBytes());
    }

    private static Matmuls product(NeuronCore core, long m, long k, long n) {
        GraphBuilder builder = new GraphBuilder("net");
        Tensor x = builder.input("x", matrix(m, k));
        Tensor y = builder.add("product", new MatMul(), x, builder.parameter("w", matrix(k, n)));
        return only(Matmuls.class, new Lowerer(core, BF16).lower(builder.build(y)));
    }

    private static Program convolution(long channels, long kernel, long stride, long padding) {
        GraphBuilder builder = new GraphBuilder("net");
        Tensor x = builder.input("x", new TensorType(DataType.FP32, Shape.of(1, channels, 56, 56)));
        TensorType weights = new TensorType(DataType.FP32, Shape.of(128, channels, kernel, kernel));
        Tensor y = builder.add(
                "convolution",
                new Convolution(Spatial.square(kernel, stride, padding), 1),
                x,
                builder.parameter("w", weights));
        return new Lowerer(V2, BF16).lower(builder.build(y));
    }

    private static TensorType matrix(long rows, long columns) {
        return new TensorType(DataType.FP32, Shape.of(rows, columns));
    }

    private static long bytes(Program program, Purpose purpose) {
        return groups(program)
                .filter(group -> group instanceof Transfer transfer && transfer.purpose() == purpose)
                .mapToLong(group -> ((Transfer) group).bytes())
                .sum();
    }

    private static <T extends InstructionGroup> T only(Class<T> type, Program program) {
        List<T> found = groups(program).filter(type::isInstance).map(type::cast).toList();
        assertTrue(found.size() == 1, () -> "expected one " + type + " in " + found);
        return found.getFirst();
    }

    private static Stream<InstructionGroup> groups(Program program) {
        return program.stages().stream().flatMap(stage -> stage.groups().stream());
    }
}
