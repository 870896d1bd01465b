package dev.infermark.lower;

import dev.infermark.base.Refusal;
import dev.infermark.graph.Activation;
import dev.infermark.graph.Collective;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Convolution;
import dev.infermark.graph.CumulativeSum;
import dev.infermark.graph.Custom;
import dev.infermark.graph.Elementwise;
import dev.infermark.graph.Expand;
import dev.infermark.graph.Gather;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Node;
import dev.infermark.graph.Normalization;
import dev.infermark.graph.Pad;
import dev.infermark.graph.Pool;
import dev.infermark.graph.Reduce;
import dev.infermark.graph.Reshape;
import dev.infermark.graph.Resize;
import dev.infermark.graph.Scatter;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TopK;
import dev.infermark.graph.Transpose;
import dev.infermark.graph.TransposedConvolution;
import dev.infermark.hardware.Instruction;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.kernel.gpsimd.OperatorCost;
import dev.infermark.lower.InstructionGroup.Lane;
import dev.infermark.lower.InstructionGroup.Passes;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Task;
import dev.infermark.lower.InstructionGroup.Transfer;
import java.util.List;
import java.util.stream.Stream;

/** The instructions of a single node, those of the nodes it absorbs included. */
final class NodeLowering {
    private final NeuronCore core;
    private final Precision precision;
    private final Fusion fusion;
    private final Images images;
    private final MatmulLowering matmuls;
    private final Compiler compiler;
    private final CustomSupport custom;

    NodeLowering(NeuronCore core, Precision precision, FusedGraph fused) {
        this.core = core;
        this.precision = precision;
        this.fusion = fused.fusion();
        this.images = fused.images();
        this.custom = fused.custom();
        this.compiler = Compiler.of(core.generation());
        this.matmuls = new MatmulLowering(core, precision, fusion);
    }

    List<InstructionGroup> lower(Node node) {
        if (fusion.of(node).isPresent()) {
            return List.of();
        }
        return switch (node.operator()) {
            case MatMul matMul -> matmuls.lower(node, matMul);
            case Convolution convolution -> matmuls.lower(node, convolution);
            case TransposedConvolution convolution -> matmuls.lower(node, convolution);
            case Softmax _ -> softmax(node);
            case Normalization normalization -> normalization(node, normalization.kind());
            case Elementwise _ ->
                    List.of(vector(node, Task.ELEMENTWISE, Instruction.TENSOR_TENSOR, node.inputs().size() - 1));
            case Activation activation -> activation(node, activation.function());
            case Pool pool -> List.of(
                    vector(node, Task.REDUCTION, Instruction.TENSOR_REDUCE_BF16, pool.window().taps()));
            case Reduce _ -> List.of(reading(node, Instruction.TENSOR_REDUCE, 1));
            case TopK topK -> List.of(reading(node, Instruction.MAX8, Math.ceilDiv(topK.k(), 8)));
            case Gather _ -> compiler.looksUpOnHost() ? List.of() : List.of(gather(node));
            case Transpose _ -> matmuls.transpose(node, node.inputs().getFirst().shape());
            case Pad _ -> List.of(vector(node, Task.ELEMENTWISE, Instruction.TENSOR_COPY, 1));
            case Resize resize ->
                    List.of(vector(node, Task.ELEMENTWISE, Instruction.SCALAR_TENSOR_TENSOR, resize.taps()));
            case Concat _, Expand _, Reshape _, Slice _ -> List.of();
            case CumulativeSum _ -> List.of(vector(node, Task.ELEMENTWISE, Instruction.TENSOR_TENSOR, 1));
            case Scatter _ -> List.of(transfer(node, node.bytes()));
            case Custom _ ->
                    custom.cost(node).map(cost -> custom(node, cost)).orElseGet(() -> List.of(movement(node)));
            // The group of cores takes its time, of which the program of one of them knows nothing.
            case Collective _ -> List.of();
        };
    }

    /** Maximum; exponential of the difference; sum; difference and product with the reciprocal of the sum. */
    private List<InstructionGroup> softmax(Node node) {
        return List.of(
                vector(node, Task.SOFTMAX, Instruction.TENSOR_REDUCE, 1),
                vector(node, Task.SOFTMAX, Instruction.TENSOR_SCALAR, 1),
                scalar(node, Task.SOFTMAX, 1),
                vector(node, Task.SOFTMAX, Instruction.TENSOR_REDUCE, 1),
                vector(node, Task.SOFTMAX, Instruction.TENSOR_TENSOR, 1));
    }

    /** Statistics; shift and scale per row by the Scalar engine; product with the learned scale. */
    private List<InstructionGroup> normalization(Node node, Normalization.Kind kind) {
        return switch (kind) {
            case LAYER, GROUP -> List.of(
                    vector(node, Task.NORMALIZATION, Instruction.BN_STATS, 1),
                    scalar(node, Task.NORMALIZATION, 1),
                    vector(node, Task.NORMALIZATION, Instruction.TENSOR_TENSOR, 1));
            case RMS -> List.of(
                    scalar(node, Task.NORMALIZATION, 1),
                    vector(node, Task.NORMALIZATION, Instruction.TENSOR_TENSOR, 1));
            case BATCH -> List.of(vector(node, Task.NORMALIZATION, Instruction.TENSOR_SCALAR, 1));
        };
    }

    private List<InstructionGroup> activation(Node node, Activation.Function function) {
        return switch (function) {
            case IDENTITY -> List.of();
            case CAST -> List.of(vector(node, Task.ELEMENTWISE, Instruction.TENSOR_COPY, 1));
            case QUICK_GELU -> List.of(
                    scalar(node, Task.ELEMENTWISE, 1), vector(node, Task.ELEMENTWISE, Instruction.TENSOR_TENSOR, 1));
            default -> List.of(scalar(node, Task.ELEMENTWISE, 1));
        };
    }

    private InstructionGroup gather(Node node) {
        Tensor table = node.inputs().getFirst();
        boolean isFloat = table.type().type().isFloatingPoint();
        int bytes = isFloat ? precision.elementwise().bytes() : table.type().type().bytes();
        long rows = Math.max(1, node.inputs().get(1).shape().elements());
        long total = Math.multiplyExact(node.output().shape().elements(), bytes);
        return new Transfer(node.name(), Purpose.GATHER, total, Math.ceilDiv(total, rows));
    }

    /** The lanes' work, and the tensors, which a custom operator streams from and to device memory. */
    private List<InstructionGroup> custom(Node node, OperatorCost cost) {
        if (core.gpsimd().isEmpty()) {
            throw new Refusal(core.name() + " has no GPSIMD engine to run the custom operator "
                    + node.operator().mnemonic() + " (node " + node.name() + "): choose an Inf2 instance");
        }
        return List.of(
                new InstructionGroup.Gpsimd(node.name(), cost),
                transfer(node, cost.bytesRead() + cost.bytesWritten()));
    }

    /** Reading and writing the tensors of an operator of which nothing else is known. */
    private InstructionGroup movement(Node node) {
        long bytes = Stream.concat(node.inputs().stream(), node.outputs().stream())
                .mapToLong(tensor -> tensor.type().bytes())
                .reduce(0, Math::addExact);
        return transfer(node, bytes);
    }

    private InstructionGroup transfer(Node node, long bytes) {
        return new Transfer(
                node.name(), Purpose.SPILL, bytes, Math.ceilDiv(bytes, core.sbuf().partitionCount()));
    }

    private Passes vector(Node node, Task task, Instruction instruction, long passes) {
        return passes(node, task, Lane.VECTOR, instruction, node.output(), passes);
    }

    private Passes scalar(Node node, Task task, long passes) {
        return passes(node, task, Lane.SCALAR, Instruction.ACTIVATION, node.output(), passes);
    }

    /** Passes over what a node reads, which is more than what it writes. */
    private Passes reading(Node node, Instruction instruction, long passes) {
        return passes(node, Task.REDUCTION, Lane.VECTOR, instruction, node.inputs().getFirst(), passes);
    }

    private Passes passes(Node node, Task task, Lane lane, Instruction instruction, Tensor tensor, long passes) {
        int partitions = core.sbuf().partitionCount();
        Spread spread = images.contains(tensor)
                ? Spread.ofImage(tensor.shape(), partitions)
                : Spread.ofRows(tensor.shape(), partitions);
        return new Passes(node.name(), task, lane, instruction, precision.elementwise(), spread, passes);
    }
}
