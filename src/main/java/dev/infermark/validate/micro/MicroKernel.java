package dev.infermark.validate.micro;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.infermark.base.Refusal;
import dev.infermark.hardware.Instruction;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup.Lane;
import dev.infermark.numerics.DataType;
import dev.infermark.simulate.KernelStep;
import dev.infermark.simulate.KernelTimeline;
import dev.infermark.simulate.StageTime;
import java.util.ArrayList;
import java.util.List;

/** A published kernel, described by its shape; its instructions follow from the shape and the tiles of the core. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = MicroKernel.VectorAdd.class, name = "vector-add"),
    @JsonSubTypes.Type(value = MicroKernel.DmaLoad.class, name = "dma-load"),
    @JsonSubTypes.Type(value = MicroKernel.Matmul.class, name = "matmul"),
    @JsonSubTypes.Type(value = MicroKernel.Mamba.class, name = "mamba"),
    @JsonSubTypes.Type(value = MicroKernel.Products.class, name = "products"),
    @JsonSubTypes.Type(value = MicroKernel.Unmodelled.class, name = "unmodelled")
})
public sealed interface MicroKernel {

    /** The modelled time on a core; throws {@link Refusal} where that would be a guess. */
    StageTime time(String name, NeuronCore core);

    /**
     * One FP32 addition of two tensors in SBUF.
     *
     * @param columns elements of each partition
     */
    record VectorAdd(long columns) implements MicroKernel {
        @Override
        public StageTime time(String name, NeuronCore core) {
            return new KernelTimeline(core).profiled(name, List.of(vector(1, Instruction.TENSOR_TENSOR, columns)));
        }
    }

    /**
     * One row that each of the DMA engines moves at the same time.
     *
     * @param rowBytes bytes of the row
     */
    record DmaLoad(long rowBytes) implements MicroKernel {
        @Override
        public StageTime time(String name, NeuronCore core) {
            return new KernelTimeline(core)
                    .profiled(name, List.of(new KernelStep.Stream(core.dma().engineCount(), rowBytes)));
        }
    }

    /**
     * The BF16 product of the matmul tutorial, [m, k] times [k, n], in tiles as large as the Tensor engine takes.
     *
     * @param m rows of the result, on the stationary side
     * @param k contraction
     * @param n columns of the result, on the moving side
     * @param tiling what stays on the chip between the loops
     */
    record Matmul(long m, long k, long n, Tiling tiling) implements MicroKernel {
        @Override
        public StageTime time(String name, NeuronCore core) {
            return new KernelTimeline(core).launched(name, new MatmulTiles(this, core).steps());
        }
    }

    /** The four steps of the matmul tutorial. */
    enum Tiling {
        /** Both tiles are loaded before each matmul. */
        NAIVE,
        /** The stationary tiles of a row of results are loaded once. */
        LOADS_HOISTED,
        /** Two by two tiles of results share their loads. */
        FREE_DIMENSION_BLOCKED,
        /** Blocks in all three dimensions; partial sums are added up in SBUF after each block of the contraction. */
        FULLY_BLOCKED
    }

    /**
     * The selective scan of the fused Mamba tutorial in FP32: for every 128 channels, every state and every tile of the
     * sequence one iteration of Vector engine instructions over a tile.
     *
     * @param version step of the tutorial
     * @param channels channels, spread over the partitions
     * @param states states of each channel
     * @param sequence positions
     */
    record Mamba(Version version, long channels, long states, long sequence) implements MicroKernel {

        @Override
        public StageTime time(String name, NeuronCore core) {
            long tile = core.tensor().maxMovingColumns();
            boolean isWide = version != Version.V3 && sequence > tile;
            if (isWide && WIDE_TENSORS * DataType.FP32.bytes() * sequence > core.sbuf().partitionBytes()) {
                throw new Refusal("its " + WIDE_TENSORS + " tensors of " + sequence
                        + " positions exceed SBUF; what is spilled is not described");
            }
            long columns = isWide ? sequence : Math.min(sequence, tile);
            long iterations = Math.ceilDiv(channels, core.sbuf().partitionCount())
                    * states
                    * Math.ceilDiv(sequence, columns);
            List<KernelStep> steps = new ArrayList<>();
            steps.add(new KernelStep.Passes(iterations, Lane.SCALAR, Instruction.ACTIVATION, DataType.FP32, columns));
            if (isWide) {
                steps.add(new KernelStep.Passes(
                        iterations, Lane.SCALAR, Instruction.TENSOR_COPY, DataType.FP32, columns));
            }
            List<Instruction> instructions = isWide ? version.wideInstructions() : version.instructions();
            instructions.forEach(instruction -> steps.add(vector(iterations, instruction, columns)));
            return new KernelTimeline(core).launched(name, steps);
        }

        /** Tensors of the whole sequence that an iteration holds: three inputs, four results and the sum. */
        private static final long WIDE_TENSORS = 8;
    }

    /** The steps of the fused Mamba tutorial. */
    enum Version {
        /** Everything within the loop over the states. */
        V1,
        /** The product that no state changes is taken out of the loop. */
        V2,
        /** The same, with the sequence in tiles. */
        V3;

        /**
         * What the Vector engine does in an iteration: two products with operands that the Tensor engine has broadcast
         * into PSUM, the scan, the sum over the states, and in version 1 the product of input and step size.
         * How the 8 and 6 cycles per column divide among instructions is inferred.
         */
        List<Instruction> instructions() {
            List<Instruction> inner = List.of(
                    Instruction.TENSOR_TENSOR_ONE_IN_PSUM,
                    Instruction.TENSOR_TENSOR_SCAN,
                    Instruction.TENSOR_TENSOR_ONE_IN_PSUM,
                    Instruction.TENSOR_TENSOR);
            return switch (this) {
                case V1 -> {
                    List<Instruction> all = new ArrayList<>(inner);
                    all.addFirst(Instruction.TENSOR_TENSOR);
                    yield all;
                }
                case V2, V3 -> inner;
            };
        }

        /**
         * The same over more columns than a bank of PSUM holds: the two operands that the Tensor engine has broadcast
         * are copied to SBUF first, one by each engine, so that the products take theirs from there. Inferred from the
         * run with 1,024 positions.
         */
        List<Instruction> wideInstructions() {
            List<Instruction> all = new ArrayList<>();
            all.add(Instruction.TENSOR_COPY);
            instructions().forEach(each -> all.add(
                    each == Instruction.TENSOR_TENSOR_ONE_IN_PSUM ? Instruction.TENSOR_TENSOR : each));
            return all;
        }
    }

    /**
     * FP32 products of a kernel that is bound by the Tensor engine, each accumulated over all of its contraction.
     *
     * @param products the products
     * @param transposes tiles that the engine transposes, as the profile counts them
     */
    record Products(List<Product> products, long transposes) implements MicroKernel {
        /** Copies the list. */
        public Products {
            products = List.copyOf(products);
        }

        @Override
        public StageTime time(String name, NeuronCore core) {
            int moving = core.tensor().maxMovingColumns();
            List<KernelStep> steps = new ArrayList<>();
            for (Product each : products) {
                steps.add(new KernelStep.MatmulChains(
                        Math.ceilDiv(each.n(), core.tensor().columnCount()) * Math.ceilDiv(each.m(), moving),
                        DataType.FP32,
                        Math.ceilDiv(each.k(), core.tensor().rowCount()),
                        Math.min(moving, each.m())));
            }
            steps.add(new KernelStep.MatmulChains(transposes, DataType.FP32, 1, core.tensor().columnCount()));
            return new KernelTimeline(core).launched(name, steps);
        }
    }

    /**
     * A product of [m, k] by [k, n].
     *
     * @param m rows, which move
     * @param k contraction
     * @param n columns
     */
    record Product(long m, long k, long n) {}

    /**
     * A kernel whose publication does not say enough to cost it.
     *
     * @param reason what is missing
     */
    record Unmodelled(String reason) implements MicroKernel {
        @Override
        public StageTime time(String name, NeuronCore core) {
            throw new Refusal(reason);
        }
    }

    private static KernelStep vector(long count, Instruction instruction, long columns) {
        return new KernelStep.Passes(count, Lane.VECTOR, instruction, DataType.FP32, columns);
    }
}
