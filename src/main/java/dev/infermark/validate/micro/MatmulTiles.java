package dev.infermark.validate.micro;

import dev.infermark.hardware.NeuronCore;
import dev.infermark.numerics.DataType;
import dev.infermark.simulate.KernelStep;
import java.util.List;

/** The loads and matmuls of the matmul tutorial, counted from the shape and the tiling. */
final class MatmulTiles {
    private static final DataType TYPE = DataType.BF16;

    /** Tiles of results in each direction that share loads when the free dimensions are blocked. */
    private static final int FREE_BLOCK = 2;

    /** Tiles of a block of the full blocking; the length of the chains follows from the last, loads stay hidden. */
    private static final int BLOCK_M = 16;

    private static final int BLOCK_N = 2;
    private static final int BLOCK_K = 8;

    private final MicroKernel.Tiling tiling;
    private final long rows;
    private final long contractions;
    private final long columns;
    private final long stationaryBytes;
    private final long movingBytes;
    private final int movingColumns;

    MatmulTiles(MicroKernel.Matmul matmul, NeuronCore core) {
        tiling = matmul.tiling();
        movingColumns = core.tensor().maxMovingColumns();
        rows = Math.ceilDiv(matmul.m(), core.tensor().columnCount());
        contractions = Math.ceilDiv(matmul.k(), core.tensor().rowCount());
        columns = Math.ceilDiv(matmul.n(), movingColumns);
        stationaryBytes = (long) TYPE.bytes() * core.tensor().rowCount() * core.tensor().columnCount();
        movingBytes = (long) TYPE.bytes() * core.tensor().rowCount() * movingColumns;
    }

    List<KernelStep> steps() {
        return switch (tiling) {
            case NAIVE -> List.of(
                    new KernelStep.Loads(rows * columns * contractions, List.of(movingBytes, stationaryBytes)),
                    chains(contractions));
            case LOADS_HOISTED -> List.of(
                    loads(rows * contractions, stationaryBytes),
                    loads(rows * columns * contractions, movingBytes),
                    chains(contractions));
            case FREE_DIMENSION_BLOCKED -> List.of(
                    loads(rows * contractions, stationaryBytes),
                    loads(Math.ceilDiv(rows, FREE_BLOCK) * columns * contractions, movingBytes),
                    chains(contractions));
            case FULLY_BLOCKED -> List.of(
                    loads(
                            Math.ceilDiv(columns, BLOCK_N) * contractions * Math.ceilDiv(rows, BLOCK_M),
                            BLOCK_M * stationaryBytes),
                    loads(Math.ceilDiv(columns, BLOCK_N) * contractions, BLOCK_N * movingBytes),
                    chains(Math.min(BLOCK_K, contractions)));
        };
    }

    private static KernelStep loads(long count, long bytes) {
        return new KernelStep.Loads(count, List.of(bytes));
    }

    /** Every tile of the result accumulates over the contraction in chains of {@code length} matmuls. */
    private KernelStep chains(long length) {
        return new KernelStep.MatmulChains(
                rows * columns * Math.ceilDiv(contractions, length), TYPE, length, movingColumns);
    }
}
