package dev.infermark.compare;

import dev.infermark.base.UserError;
import dev.infermark.bench.OperatorExample;
import dev.infermark.bench.result.BenchmarkId;
import dev.infermark.bench.result.Operation;
import dev.infermark.graph.Activation;
import dev.infermark.graph.Convolution;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Operator;
import dev.infermark.graph.Pool;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorType;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.kernel.gpsimd.OperatorCost;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.Lowerer;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Stage;
import dev.infermark.numerics.DataType;
import dev.infermark.simulate.InstructionCosts;
import dev.infermark.simulate.Resource;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Models on one NeuronCore what a benchmark measures on the host.
 *
 * <p>The operation becomes a graph of a single node, is lowered as a whole network is, and takes the documented cycles
 * of the engine that works longest, the others overlapping with it. Operands and result are in on-chip memory: no time
 * of the host, of a call or of device memory is in it, nor what is calibrated about whole networks.
 */
public final class KernelModel {
    /** The formats that are one type to the hardware. */
    private static final Set<String> CONFIGURABLE = Set.of("e5m2", "e4m3", "e3m4");

    private final NeuronCore core;
    private final CustomOperators operators;
    private final InstructionCosts costs;

    /** A model of this core, which knows the costs of these custom operators. */
    public KernelModel(NeuronCore core, CustomOperators operators) {
        this.core = core;
        this.operators = operators;
        this.costs = new InstructionCosts(core);
    }

    /**
     * What the core takes for the operation, type and shape of a benchmark.
     *
     * @throws UserError where the operation has no such type or shape
     */
    public CoreTime time(BenchmarkId id) {
        try {
            return modelled(id);
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw new UserError(
                    "the run has a row " + id.label() + ", and " + id.operation().label()
                            + " has no such type or shape; run the benchmarks again",
                    e);
        }
    }

    private CoreTime modelled(BenchmarkId id) {
        return switch (id.operation()) {
            case Operation.Matmul.MATMUL, Operation.Matmul.MATMUL_PSUM, Operation.Matmul.MATRIX_VECTOR ->
                    matmul(type(id), shape(id));
            case Operation.Convolution _ -> convolution(type(id), shape(id));
            case Operation.ElementFunction function -> function(activation(function), type(id), shape(id));
            case Operation.Normalization.LAYER_NORM ->
                    rows(new Normalization(Normalization.Kind.LAYER), 2, type(id), shape(id));
            case Operation.Normalization.RMS_NORM ->
                    rows(new Normalization(Normalization.Kind.RMS), 1, type(id), shape(id));
            case Operation.Normalization.SOFTMAX -> rows(new Softmax(-1), 0, type(id), shape(id));
            case Operation.RowReduction.SUM -> rows(reduction(Reduce.Kind.SUM), 0, type(id), shape(id));
            case Operation.RowReduction.MAX -> rows(reduction(Reduce.Kind.MAX), 0, type(id), shape(id));
            case Operation.Pair.ADD -> pairs(Elementwise.Kind.ADD, type(id), shape(id));
            case Operation.Pair.MAXIMUM -> pairs(Elementwise.Kind.MAXIMUM, type(id), shape(id));
            case Operation.Pooling pooling -> pooling(pooling, type(id), shape(id));
            case Operation.Custom(String name) ->
                    operators.find(name).map(operator -> custom(operator, id)).orElseGet(CoreTime.NotComparable::new);
            case Operation.Matmul.MATMUL_TWO_THREADS,
                    Operation.Normalization.BATCH_NORM,
                    Operation.RowReduction.TOP8,
                    Operation.RowReduction.STATISTICS,
                    Operation.Pair.AXPY ->
                    new CoreTime.NotComparable();
            case Operation.Conversion _,
                    Operation.Movement _,
                    Operation.Reference _,
                    Operation.OwnCode _,
                    Operation.Unknown _ ->
                    new CoreTime.NotComparable();
        };
    }

    private static Activation.Function activation(Operation.ElementFunction function) {
        return switch (function) {
            case EXP -> Activation.Function.EXP;
            case TANH -> Activation.Function.TANH;
            case SIGMOID -> Activation.Function.SIGMOID;
            case GELU -> Activation.Function.GELU;
            case GELU_TANH -> Activation.Function.GELU_TANH;
            case SILU -> Activation.Function.SILU;
            case RELU -> Activation.Function.RELU;
            case RECIPROCAL -> Activation.Function.RECIPROCAL;
            case RSQRT -> Activation.Function.RSQRT;
            case SQRT -> Activation.Function.SQRT;
            case LOG -> Activation.Function.LOG;
            case ERF -> Activation.Function.ERF;
            case SOFTPLUS -> Activation.Function.SOFTPLUS;
        };
    }

    private CoreTime pooling(Operation.Pooling pooling, DataType type, Shape images) {
        return switch (pooling) {
            case MAX_POOL_NHWC, MAX_POOL_NCHW -> pooling(Pool.Kind.MAX, Spatial.square(3, 2, 1), type, images);
            case GLOBAL_AVERAGE_NHWC, GLOBAL_AVERAGE_NCHW ->
                    pooling(Pool.Kind.AVERAGE, Spatial.square(images.dimension(1), 1, 0), type, images);
        };
    }

    /** A is m×k, B is k×n; floats accumulate in FP32, integers in INT32, and the result stays in that type. */
    private CoreTime matmul(DataType type, Shape sizes) {
        if (!core.tensor().supports(type)) {
            return unsupported(core.tensor().name(), type);
        }
        TensorType a = new TensorType(type, Shape.of(sizes.dimension(0), sizes.dimension(1)));
        TensorType b = new TensorType(type, Shape.of(sizes.dimension(1), sizes.dimension(2)));
        return simulated(new MatMul(), summedUp(type), List.of(a, b));
    }

    private static Precision summedUp(DataType type) {
        return new Precision(type, type.isFloatingPoint() ? DataType.FP32 : DataType.INT32);
    }

    /** Sizes are images, height, width, channels, filters, window, stride and groups; padding is half a window. */
    private CoreTime convolution(DataType type, Shape sizes) {
        if (!core.tensor().supports(type)) {
            return unsupported(core.tensor().name(), type);
        }
        long channels = sizes.dimension(3);
        long window = sizes.dimension(5);
        long groups = sizes.dimension(7);
        TensorType images = new TensorType(
                type, Shape.of(sizes.dimension(0), channels, sizes.dimension(1), sizes.dimension(2)));
        TensorType filters = new TensorType(type, Shape.of(sizes.dimension(4), channels / groups, window, window));
        return simulated(
                new Convolution(Spatial.square(window, sizes.dimension(6), window / 2), groups),
                summedUp(type),
                List.of(images, filters));
    }

    /** An operator on rows, with so many parameters per column. */
    private CoreTime rows(Operator operator, int parameters, DataType type, Shape shape) {
        TensorType row = new TensorType(type, Shape.of(shape.dimension(-1)));
        List<TensorType> operands = Stream.concat(
                        Stream.of(new TensorType(type, shape)), Collections.nCopies(parameters, row).stream())
                .toList();
        return onVectorEngine(operator, type, operands);
    }

    private static Reduce reduction(Reduce.Kind kind) {
        return new Reduce(kind, List.of(-1), Reduce.Axes.KEPT);
    }

    private CoreTime pairs(Elementwise.Kind kind, DataType type, Shape shape) {
        TensorType operand = new TensorType(type, shape);
        return onVectorEngine(new Elementwise(kind), type, List.of(operand, operand));
    }

    /** Sizes are images, height, width and channels. */
    private CoreTime pooling(Pool.Kind kind, Spatial window, DataType type, Shape sizes) {
        TensorType images = new TensorType(
                type, Shape.of(sizes.dimension(0), sizes.dimension(3), sizes.dimension(1), sizes.dimension(2)));
        return onVectorEngine(new Pool(kind, window, Spatial.Rounding.DOWN), type, List.of(images));
    }

    private CoreTime onVectorEngine(Operator operator, DataType type, List<TensorType> operands) {
        return core.vector().supports(type)
                ? simulated(operator, new Precision(type, type), operands)
                : unsupported(core.vector().name(), type);
    }

    private CoreTime function(Activation.Function function, DataType type, Shape shape) {
        return core.scalar().supports(type)
                ? simulated(
                        new Activation(function, type),
                        new Precision(type, type),
                        List.of(new TensorType(type, shape)))
                : unsupported(core.scalar().name(), type);
    }

    /** The operator on its own example, unless the benchmark measured another. */
    private CoreTime custom(CustomOperator operator, BenchmarkId id) {
        if (core.gpsimd().isEmpty()) {
            return new CoreTime.Unsupported(core.name() + " has no GPSIMD engine");
        }
        OperatorExample example = OperatorExample.of(operator);
        if (!example.type().equals(id.type()) || !example.shape().equals(id.shape())) {
            return new CoreTime.Unmodelled();
        }
        Optional<OperatorCost> cost = operator.cost(example.inputs());
        if (cost.isPresent() && !core.gpsimd().get().supports(cost.get().type())) {
            return unsupported(core.gpsimd().get().name(), cost.get().type());
        }
        return cost.<CoreTime>map(known -> new CoreTime.Modelled(
                        costs.seconds(new InstructionGroup.Gpsimd(operator.name(), known))))
                .orElseGet(CoreTime.Unmodelled::new);
    }

    private CoreTime simulated(Operator operator, Precision precision, List<TensorType> operands) {
        GraphBuilder graph = new GraphBuilder(operator.mnemonic());
        Tensor[] inputs = IntStream.range(0, operands.size())
                .mapToObj(i -> graph.input("x" + i, operands.get(i)))
                .toArray(Tensor[]::new);
        Tensor output = graph.add("node", operator, inputs);
        return new CoreTime.Modelled(new Lowerer(core, precision)
                .lower(graph.build(output)).stages().stream()
                .mapToDouble(this::busiestEngine)
                .sum());
    }

    private double busiestEngine(Stage stage) {
        Map<Resource, Double> busy = stage.groups().stream()
                .filter(group -> costs.resource(group) != Resource.DMA)
                .collect(Collectors.groupingBy(costs::resource, Collectors.summingDouble(costs::seconds)));
        return busy.values().stream().mapToDouble(Double::doubleValue).max().orElse(0);
    }

    private static CoreTime unsupported(String engine, DataType type) {
        return new CoreTime.Unsupported("the " + engine + " has no " + type.label().toUpperCase(Locale.ROOT));
    }

    private static DataType type(BenchmarkId id) {
        return CONFIGURABLE.contains(id.type())
                ? DataType.CFP8
                : DataType.valueOf(id.type().toUpperCase(Locale.ROOT));
    }

    private static Shape shape(BenchmarkId id) {
        return Shape.of(Arrays.stream(id.shape().split("x")).mapToLong(Long::parseLong).toArray());
    }
}
