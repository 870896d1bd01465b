package dev.infermark.lower;

import dev.infermark.graph.Activation;
import dev.infermark.graph.Concat;
import dev.infermark.graph.Convolution;
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
import dev.infermark.graph.Shape;
import dev.infermark.graph.Slice;
import dev.infermark.graph.Softmax;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TensorRole;
import dev.infermark.graph.TopK;
import dev.infermark.graph.Transpose;
import dev.infermark.graph.TransposedConvolution;
import dev.infermark.graph.Uses;
import dev.infermark.hardware.Instruction;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup.Gpsimd;
import dev.infermark.lower.InstructionGroup.Lane;
import dev.infermark.lower.InstructionGroup.Matmuls;
import dev.infermark.lower.InstructionGroup.Passes;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Transfer;
import java.util.ArrayList;
import java.util.List;

/** The instructions of a single node, those of the nodes it absorbs included. */
final class NodeLowering {
    private final NeuronCore core;
    private final Precision precision;
    private final Fusion fusion;
    private final Uses uses;
    private final ProductTiling tiling;

    NodeLowering(NeuronCore core, Precision precision, Fusion fusion, Uses uses) {
        this.core = core;
        this.precision = precision;
        this.fusion = fusion;
        this.uses = uses;
        this.tiling = new ProductTiling(core, precision.matmul());
    }

    /** Whether the node reads single rows of this tensor instead of all of it. */
    static boolean isTable(Node node, Tensor input) {
        return node.operator() instanceof Gather && input.equals(node.inputs().getFirst());
    }

    List<InstructionGroup> lower(Node node) {
        if (fusion.of(node).isPresent()) {
            return List.of();
        }
        long elements = node.output().shape().elements();
        return switch (node.operator()) {
            case MatMul matMul -> matMul(node, matMul);
            case Convolution convolution -> convolution(node, convolution);
            case TransposedConvolution convolution -> transposedConvolution(node, convolution);
            case Softmax _ -> softmax(node, elements);
            case Normalization normalization -> normalization(node, normalization, elements);
            case Elementwise _ -> List.of(vector(node, Instruction.TENSOR_TENSOR, elements, node.inputs().size() - 1));
            case Activation activation -> activation(node, activation, elements);
            case Pool pool ->
                    List.of(vector(node, Instruction.TENSOR_SCALAR, elements, pool.window().taps()));
            case Reduce _ ->
                    List.of(vector(node, Instruction.TENSOR_REDUCE, node.inputs().getFirst().shape().elements(), 1));
            case TopK topK -> List.of(vector(
                    node,
                    Instruction.MAX8,
                    node.inputs().getFirst().shape().elements(),
                    Math.ceilDiv(topK.k(), 8)));
            case Gather _ -> List.of(gather(node));
            case Transpose _ -> transpose(node, elements);
            case Pad _ -> List.of(vector(node, Instruction.TENSOR_COPY, elements, 1));
            case Resize resize -> List.of(vector(node, Instruction.SCALAR_TENSOR_TENSOR, elements, resize.taps()));
            case Concat _, Expand _, Reshape _, Slice _ -> List.of();
            case Custom _ -> List.of(new Gpsimd(node.name(), node.output().type()));
        };
    }

    private List<InstructionGroup> matMul(Node node, MatMul matMul) {
        Tensor left = node.inputs().getFirst();
        MatMul.Sizes sizes = matMul.sizes(left.type(), node.inputs().get(1).type());
        boolean hasWeights = node.inputs().get(1).role().isStored();
        List<InstructionGroup> groups = new ArrayList<>();
        if (isProbability(left)) {
            groups.addAll(transpose(node, left.shape().elements()));
        }
        // A stack of matrices times one matrix of weights is one tall product.
        groups.add(
                hasWeights
                        ? tiling.products(node.name(), 1, sizes.batch() * sizes.m(), sizes.k(), sizes.n())
                        : tiling.products(node.name(), sizes.batch(), sizes.m(), sizes.k(), sizes.n()));
        groups.add(evacuation(node));
        return groups;
    }

    /** Whether a tensor comes straight from a softmax, so that its contraction axis lies along the free axis. */
    private boolean isProbability(Tensor tensor) {
        return uses.producer(tensor).filter(node -> node.operator() instanceof Softmax).isPresent();
    }

    private List<InstructionGroup> convolution(Node node, Convolution convolution) {
        Shape weights = node.inputs().get(1).shape();
        Shape output = node.output().shape();
        long positions = output.elements() / output.dimension(1);
        long channels = weights.dimension(1);
        long filters = weights.dimension(0) / convolution.groups();
        if (channels == 1 && convolution.groups() > 1) {
            long taps = convolution.window().taps();
            return List.of(vector(node, Instruction.SCALAR_TENSOR_TENSOR, output.elements(), taps));
        }
        long rowsPerTap = packsRows(convolution, channels) ? convolution.window().kernel().getLast() : 1;
        long steps = convolution.window().taps() / rowsPerTap;
        return List.of(
                tiling.products(node.name(), convolution.groups() * steps, positions, channels * rowsPerTap, filters),
                evacuation(node));
    }

    /** A first convolution that reads neighbouring pixels has the few channels of a window's row side by side. */
    private boolean packsRows(Convolution convolution, long channels) {
        return convolution.window().largestStride() == 1
                && channels * convolution.window().kernel().getLast() <= core.tensor().rowCount()
                && channels <= 4;
    }

    private List<InstructionGroup> transposedConvolution(Node node, TransposedConvolution convolution) {
        Shape input = node.inputs().getFirst().shape();
        Shape weights = node.inputs().get(1).shape();
        long positions = input.elements() / input.dimension(1);
        long steps = convolution.window().taps() * convolution.groups();
        long channels = input.dimension(1) / convolution.groups();
        return List.of(
                tiling.products(node.name(), steps, positions, channels, weights.dimension(1)), evacuation(node));
    }

    /** Moves a product out of PSUM: by the Scalar engine if a function is applied to it, else by the Vector engine. */
    private InstructionGroup evacuation(Node product) {
        long elements = product.output().shape().elements();
        return fusion.activation(product)
                .map(node -> scalar(product, Instruction.ACTIVATION, elements, 1))
                .orElseGet(() -> vector(product, Instruction.TENSOR_COPY, elements, 1));
    }

    private List<InstructionGroup> softmax(Node node, long elements) {
        return List.of(
                vector(node, Instruction.TENSOR_REDUCE, elements, 1),
                vector(node, Instruction.TENSOR_SCALAR, elements, 1),
                scalar(node, Instruction.ACTIVATION_REDUCE, elements, 1),
                vector(node, Instruction.TENSOR_SCALAR, elements, 1));
    }

    private List<InstructionGroup> normalization(Node node, Normalization normalization, long elements) {
        return switch (normalization.kind()) {
            case LAYER, GROUP -> List.of(
                    vector(node, Instruction.BN_STATS, elements, 1),
                    vector(node, Instruction.TENSOR_SCALAR, elements, 1),
                    vector(node, Instruction.TENSOR_TENSOR, elements, 2));
            case RMS -> List.of(
                    scalar(node, Instruction.ACTIVATION_REDUCE, elements, 1),
                    vector(node, Instruction.SCALAR_TENSOR_TENSOR, elements, 1));
            case BATCH -> List.of(vector(node, Instruction.TENSOR_SCALAR, elements, 1));
        };
    }

    private List<InstructionGroup> activation(Node node, Activation activation, long elements) {
        return switch (activation.function()) {
            case IDENTITY -> List.of();
            case CAST -> List.of(vector(node, Instruction.TENSOR_COPY, elements, 1));
            default -> List.of(scalar(node, Instruction.ACTIVATION, elements, 1));
        };
    }

    private InstructionGroup gather(Node node) {
        Tensor table = node.inputs().getFirst();
        boolean isFloat = table.type().type().isFloatingPoint();
        int bytes = isFloat ? precision.elementwise().bytes() : table.type().type().bytes();
        long rows = Math.max(1, node.inputs().get(1).shape().elements());
        long total = node.output().shape().elements() * bytes;
        Purpose purpose = table.role() == TensorRole.ACTIVATION ? Purpose.SPILL : Purpose.GATHER;
        return new Transfer(node.name(), purpose, total, Math.ceilDiv(total, rows));
    }

    /** A transpose on the Tensor engine: a product with the identity, then out of PSUM. */
    private List<InstructionGroup> transpose(Node node, long elements) {
        long tile = (long) core.tensor().rowCount() * core.tensor().columnCount();
        return List.of(
                new Matmuls(
                        node.name(), precision.matmul(), Math.ceilDiv(elements, tile), core.tensor().columnCount()),
                vector(node, Instruction.TENSOR_COPY, elements, 1));
    }

    private Passes vector(Node node, Instruction instruction, long elements, long passes) {
        return new Passes(node.name(), Lane.VECTOR, instruction, precision.elementwise(), elements, passes);
    }

    private Passes scalar(Node node, Instruction instruction, long elements, long passes) {
        return new Passes(node.name(), Lane.SCALAR, instruction, precision.elementwise(), elements, passes);
    }
}
