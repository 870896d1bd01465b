package dev.infermark.simulate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import dev.infermark.graph.Transpose;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instruction;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.ActivationMemory;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.InstructionGroup.Lane;
import dev.infermark.lower.InstructionGroup.Matmuls;
import dev.infermark.lower.InstructionGroup.Passes;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Task;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.lower.Lowerer;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.Spread;
import dev.infermark.lower.Stage;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Workload;
import dev.infermark.reader.builtin.BuiltInModel;
import dev.infermark.reader.builtin.Catalogue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What must hold of every stage: no engine works longer than it takes, and the shares are all of it. */
class StageLawTest {
    private static final double ROUNDING = 1e-12;
    private static final Elementwise.Kind[] ARITHMETIC = {
        Elementwise.Kind.ADD, Elementwise.Kind.MULTIPLY, Elementwise.Kind.SUBTRACT
    };
    private static final List<NeuronCore> CORES = Catalog.builtIn().cores();
    private static final List<SdkVersion> RELEASES = List.of(
            SdkVersion.NEWEST,
            new SdkVersion(2, 18),
            new SdkVersion(2, 13),
            new SdkVersion(2, 10),
            new SdkVersion(2, 8),
            new SdkVersion(1, 10));

    static Stream<ModelSource> models() {
        return Catalogue.shared().models().stream().map(BuiltInModel::source);
    }

    @ParameterizedTest
    @MethodSource("models")
    void holdsForEveryBuiltInModel(ModelSource model) {
        var graph = model.graph(Workload.ofBatch(1));
        for (NeuronCore core : CORES) {
            Precision precision = Precision.compilerDefault(DataType.FP32, core);
            assertLaws(core, new Lowerer(core, precision).lower(graph));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void holdsForRandomPrograms(long seed) {
        Random random = new Random(seed);
        for (NeuronCore core : CORES) {
            List<Stage> stages = Stream.generate(() -> stage(random)).limit(200).toList();
            assertLaws(
                    core, new Program("random", stages, 0, 0, List.of(), OptionalLong.empty(), ActivationMemory.NONE));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void holdsForRandomGraphs(long seed) {
        Graph graph = graph(new Random(seed));
        for (NeuronCore core : CORES) {
            assertLaws(core, new Lowerer(core, Precision.compilerDefault(DataType.FP32, core)).lower(graph));
        }
    }

    @ParameterizedTest
    @EnumSource(Lane.class)
    void aStageOfOneLaneEngineTakesItsDocumentedTime(Lane lane) {
        for (NeuronCore core : CORES) {
            Instruction instruction = lane == Lane.VECTOR ? Instruction.TENSOR_TENSOR : Instruction.ACTIVATION;
            Passes passes = new Passes(
                    "n", Task.ELEMENTWISE, lane, instruction, DataType.BF16, new Spread(1000, 4096), 1);
            StageTime time = run(core, program(new Stage("only", List.of(passes))), SdkVersion.NEWEST)
                    .stages()
                    .getFirst();
            double documented = new InstructionCosts(core).seconds(passes);
            assertEquals(documented + core.dma().triggerLatencySeconds(), time.seconds(), documented / 1000);
            assertEquals(lane == Lane.VECTOR ? Resource.VECTOR : Resource.SCALAR, time.boundBy());
        }
    }

    private static void assertLaws(NeuronCore core, Program program) {
        for (SdkVersion sdk : RELEASES) {
            Estimate estimate = run(core, program, sdk);
            for (StageTime stage : estimate.stages()) {
                for (Resource resource : Resource.values()) {
                    assertTrue(
                            stage.busy(resource) <= stage.seconds() * (1 + ROUNDING),
                            () -> resource + " works longer than " + stage);
                    assertTrue(stage.shares().of(resource) >= 0, stage::toString);
                }
                assertEquals(stage.seconds(), stage.shares().sum(), 0.0);
            }
        }
        assertTimeline(run(core, program, SdkVersion.NEWEST));
    }

    private static void assertTimeline(Estimate estimate) {
        Timeline timeline = new Timeline(estimate);
        double all = 0;
        for (Resource resource : Resource.values()) {
            double exposed = 0;
            double end = 0;
            List<Span> spans = timeline.spans(resource)
                    .sorted(Comparator.comparingDouble(Span::start))
                    .toList();
            for (Span span : spans) {
                assertTrue(span.start() >= end - ROUNDING, () -> span + " overlaps the one before it");
                end = span.start() + span.seconds();
                exposed += span.kind() == Span.Kind.EXPOSED ? span.seconds() : 0;
            }
            assertTrue(end <= estimate.seconds() * (1 + ROUNDING));
            assertEquals(estimate.share(resource), exposed, ROUNDING * estimate.seconds());
            all += exposed;
        }
        assertEquals(estimate.seconds(), all, ROUNDING * estimate.seconds());
    }

    private static Estimate run(NeuronCore core, Program program, SdkVersion sdk) {
        Calibration calibration = Calibrations.builtIn().of(core.generation());
        return new Simulator(core, calibration).run(program, new Conditions(2, sdk));
    }

    private static Program program(Stage stage) {
        return new Program("net", List.of(stage), 0, 0, List.of(), OptionalLong.empty(), ActivationMemory.NONE);
    }

    /** Sixty random operators in random layers over activations of random sizes, each fed by any tensor before it. */
    private static Graph graph(Random random) {
        GraphBuilder builder = new GraphBuilder("random");
        List<Tensor> tensors = new ArrayList<>();
        tensors.add(builder.input("x", fp32(1 + random.nextInt(8), 1 + random.nextInt(600), 1 + random.nextInt(2000))));
        for (int i = 0; i < 60; i++) {
            builder.layer("layer." + i / 7).repetitions(1 + i / 7 % 3);
            tensors.add(node(builder, i, tensors.get(random.nextInt(tensors.size())), random));
        }
        return builder.build(tensors.getLast());
    }

    private static Tensor node(GraphBuilder builder, int i, Tensor x, Random random) {
        long last = x.shape().dimension(-1);
        long columns = random.nextLong(1, 3001);
        Reduce mean = new Reduce(Reduce.Kind.MEAN, List.of(1 + random.nextInt(2)), Reduce.Axes.KEPT);
        Activation.Function function = any(random, Activation.Function.values());
        return switch (random.nextInt(9)) {
            case 0 -> builder.add("product", new MatMul(), x, builder.parameter("w" + i, fp32(last, columns)));
            case 1 -> builder.add("sum", new Elementwise(any(random, ARITHMETIC)), x, x);
            case 2 -> builder.add("scale", new Elementwise(any(random, ARITHMETIC)), x, parameter(builder, i, last));
            case 3 -> builder.add("function", new Activation(function, DataType.FP32), x);
            case 4 -> builder.add("softmax", new Softmax(-1), x);
            case 5 -> builder.add("transposition", Transpose.of(0, 2, 1), x);
            case 6 -> builder.add("half", Slice.of(2, last / 2, last - last / 2), x);
            case 7 -> builder.add("twice", new Concat(random.nextInt(3)), part(builder, x), part(builder, x));
            default -> builder.add("mean", mean, x);
        };
    }

    private static Tensor parameter(GraphBuilder builder, int i, long last) {
        return builder.parameter("b" + i, fp32(last));
    }

    /** A part, so that what is joined again does not grow without end. */
    private static Tensor part(GraphBuilder builder, Tensor x) {
        long last = x.shape().dimension(-1);
        return builder.add("part", Slice.of(2, 0, Math.max(1, last / 3)), x);
    }

    private static TensorType fp32(long... dimensions) {
        return new TensorType(DataType.FP32, Shape.of(dimensions));
    }

    private static Stage stage(Random random) {
        List<InstructionGroup> groups = new ArrayList<>();
        int count = 1 + random.nextInt(5);
        for (int i = 0; i < count; i++) {
            groups.add(group(random));
        }
        return new Stage("stage", groups, 1 + random.nextInt(3));
    }

    private static InstructionGroup group(Random random) {
        long many = 1L << random.nextInt(16);
        Spread spread = new Spread(1 + random.nextInt(1000), 1 + random.nextInt(5000));
        return switch (random.nextInt(4)) {
            case 0 -> new Matmuls("n", DataType.BF16, many, 1 + random.nextInt(2000));
            case 1 ->
                    new Passes(
                            "n",
                        any(random, Task.values()),
                            Lane.VECTOR,
                            Instruction.TENSOR_TENSOR,
                            DataType.BF16,
                            spread,
                            1 + random.nextInt(3));
            case 2 -> new Passes("n", Task.ELEMENTWISE, Lane.SCALAR, Instruction.ACTIVATION, DataType.BF16, spread, 1);
            default -> new Transfer("n", any(random, Purpose.values()), 1024 * many, 1 + random.nextInt(9999));
        };
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }
}
