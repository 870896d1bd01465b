package dev.infermark.lower;

import dev.infermark.graph.Convolution;
import dev.infermark.graph.MatMul;
import dev.infermark.graph.Node;
import dev.infermark.graph.Shape;
import dev.infermark.graph.Spatial;
import dev.infermark.graph.Tensor;
import dev.infermark.graph.TransposedConvolution;
import dev.infermark.hardware.Instruction;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup.Lane;
import dev.infermark.lower.InstructionGroup.Matmuls;
import dev.infermark.lower.InstructionGroup.Passes;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Task;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.lower.MatmulTiling.EqualMatmuls;
import dev.infermark.numerics.DataType;
import java.util.ArrayList;
import java.util.List;

/** The instructions of matmuls, convolutions and transposes: the array's, and those that empty PSUM. */
final class MatmulLowering {
    /** Input channels up to which the pixels of a window's row are packed into one contraction. */
    private static final int FEW_CHANNELS = 4;

    private final NeuronCore core;
    private final Precision precision;
    private final Compiler compiler;
    private final Fusion fusion;
    private final MatmulTiling tiling;

    MatmulLowering(NeuronCore core, Precision precision, Fusion fusion) {
        this.core = core;
        this.precision = precision;
        this.compiler = Compiler.of(core.generation());
        this.fusion = fusion;
        this.tiling = new MatmulTiling(core, precision.matmul());
    }

    List<InstructionGroup> lower(Node node, MatMul matMul) {
        Tensor left = node.inputs().getFirst();
        Tensor right = node.inputs().get(1);
        MatMul.Sizes sizes = matMul.sizes(left.type(), right.type());
        List<InstructionGroup> groups = new ArrayList<>();
        if (fusion.isProbability(left)) {
            groups.addAll(transpose(node, left.shape()));
            if (compiler.movedScoresEarly() && isLong(left.shape().dimension(-1))) {
                groups.add(trips(node, Purpose.SCORES, left, fusion.isOfMasked(left) ? 2 : 4));
            }
        }
        // A stack of matrices times one matrix of weights is one tall matmul.
        boolean isTall = right.role().isStored() || right.shape().rank() == 2;
        EqualMatmuls equal = isTall
                ? new EqualMatmuls(1, 1, Math.multiplyExact(sizes.batch(), sizes.m()), sizes.k(), sizes.n())
                : new EqualMatmuls(sizes.batch(), 1, sizes.m(), sizes.k(), sizes.n());
        groups.add(tiling.matmuls(node.name(), equal));
        groups.add(evacuation(node, tiling.results(equal)));
        if (compiler.spillsMaskedScores() && fusion.isMasked(node) && isLong(sizes.n())) {
            groups.add(trips(node, Purpose.SPILL, node.output(), 2));
        }
        if (compiler.storesExpandedMasks() && fusion.hasExpandedMask(node) && isLong(sizes.n())) {
            groups.add(trips(node, Purpose.SPILL, node.output(), 1));
        }
        return groups;
    }

    List<InstructionGroup> lower(Node node, Convolution convolution) {
        Shape weights = node.inputs().get(1).shape();
        Shape output = node.output().shape();
        long channels = weights.dimension(1);
        if (channels == 1 && convolution.groups() > 1) {
            return List.of(depthwise(node, convolution.window().taps()));
        }
        long positions = output.elements() / output.dimension(1);
        long filters = weights.dimension(0) / convolution.groups();
        EqualMatmuls equal = equal(convolution, positions, channels, filters);
        List<InstructionGroup> groups = new ArrayList<>();
        groups.add(tiling.matmuls(node.name(), equal));
        groups.add(evacuation(node, tiling.results(equal)));
        if (convolution.window().taps() > 1 && !isPatching(convolution.window())) {
            groups.add(transfer(node, Purpose.RELAYOUT, node.output(), 2 * DataType.BF16.bytes()));
        }
        return groups;
    }

    List<InstructionGroup> lower(Node node, TransposedConvolution convolution) {
        Shape input = node.inputs().getFirst().shape();
        long positions = input.elements() / input.dimension(1);
        long channels = input.dimension(1) / convolution.groups();
        long filters = node.inputs().get(1).shape().dimension(1);
        // Each tap writes output pixels of its own.
        long count = Math.multiplyExact(convolution.window().taps(), convolution.groups());
        EqualMatmuls equal = new EqualMatmuls(count, 1, positions, channels, filters);
        return List.of(tiling.matmuls(node.name(), equal), evacuation(node, tiling.results(equal)));
    }

    /** A transpose of a stack of matrices by the array: matmuls with the identity, then out of PSUM. */
    List<InstructionGroup> transpose(Node node, Shape shape) {
        long columns = shape.dimension(-1);
        long rows = shape.rank() < 2 ? 1 : shape.dimension(-2);
        long count = shape.elements() / Math.max(1, Math.multiplyExact(rows, columns));
        int side = core.tensor().rowCount();
        long tiles = Math.multiplyExact(
                count, Math.multiplyExact(Math.ceilDiv(rows, side), Math.ceilDiv(columns, side)));
        Spread transposed = Spread.ofMatrices(count, columns, rows, core.psum().partitionCount());
        return List.of(
                new Matmuls(node.name(), precision.matmul(), tiles, Math.min(side, rows)),
                passes(node, Task.EVACUATION, Lane.VECTOR, Instruction.TENSOR_COPY, transposed, 1));
    }

    private EqualMatmuls equal(Convolution convolution, long positions, long channels, long filters) {
        Spatial window = convolution.window();
        long groups = convolution.groups();
        if (isPatching(window)) {
            return new EqualMatmuls(groups, 1, positions, Math.multiplyExact(window.taps(), channels), filters);
        }
        if (channels <= FEW_CHANNELS && compiler.packsRows(window.largestStride())) {
            long row = window.kernel().getLast();
            return new EqualMatmuls(groups, window.taps() / row, positions, Math.multiplyExact(row, channels), filters);
        }
        return new EqualMatmuls(groups, window.taps(), positions, channels, filters);
    }

    /** Whether windows neither overlap nor leave gaps, as those of a vision transformer's first layer. */
    private static boolean isPatching(Spatial window) {
        return window.taps() > 1 && window.kernel().equals(window.strides());
    }

    /** One multiplication and addition per tap with a weight per channel, which the array cannot do. */
    private Passes depthwise(Node node, long taps) {
        Spread spread = Spread.ofImage(node.output().shape(), core.sbuf().partitionCount());
        return passes(node, Task.ELEMENTWISE, Lane.VECTOR, Instruction.SCALAR_TENSOR_TENSOR, spread, taps);
    }

    /** Moves a matmul out of PSUM: by the Scalar engine if a function is applied to it, else by the Vector engine. */
    private Passes evacuation(Node matmul, Spread results) {
        return fusion.isActivated(matmul)
                ? passes(matmul, Task.EVACUATION, Lane.SCALAR, Instruction.ACTIVATION, results, 1)
                : passes(matmul, Task.EVACUATION, Lane.VECTOR, Instruction.TENSOR_COPY, results, 1);
    }

    /** Whether attention is over more keys than the array has rows. */
    private boolean isLong(long keys) {
        return keys > core.tensor().rowCount();
    }

    /** A tensor of scores that moves to or from device memory in FP32 so many times. */
    private Transfer trips(Node node, Purpose purpose, Tensor scores, int trips) {
        return transfer(node, purpose, scores, trips * DataType.FP32.bytes());
    }

    /** A tensor that moves between device memory and SBUF, one long row to a partition. */
    private Transfer transfer(Node node, Purpose purpose, Tensor tensor, int bytesPerElement) {
        long bytes = Math.multiplyExact(tensor.shape().elements(), bytesPerElement);
        return new Transfer(node.name(), purpose, bytes, Math.ceilDiv(bytes, core.sbuf().partitionCount()));
    }

    private Passes passes(
            Node node, Task task, Lane lane, Instruction instruction, Spread spread, long passes) {
        return new Passes(node.name(), task, lane, instruction, precision.elementwise(), spread, passes);
    }
}
