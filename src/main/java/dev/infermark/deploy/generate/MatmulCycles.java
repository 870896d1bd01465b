package dev.infermark.deploy.generate;

import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.shard.WeightShape;

/** Cycles of the systolic array for whole products, the shorter side of each moving through the other's tiles. */
final class MatmulCycles {
    private final NeuronCore core;

    MatmulCycles(NeuronCore core) {
        this.core = core;
    }

    /** An m by k matrix times a k by n one. */
    double of(long m, long k, long n) {
        long rows = core.tensor().rowCount();
        long columns = core.tensor().columnCount();
        return Math.ceilDiv(k, rows)
                * Math.min(Math.ceilDiv(n, columns) * moving(m), Math.ceilDiv(m, columns) * moving(n));
    }

    /** So many tokens times one core's part of a matrix, or of one expert's. */
    double of(long tokens, WeightShape weights, int degree) {
        return of(tokens, weights.rowsOf(degree), weights.columnsOf(degree));
    }

    /** So many columns through one tile. */
    double moving(long count) {
        long most = core.tensor().maxMovingColumns();
        long rest = count % most;
        return count - rest + (rest == 0 ? 0 : Math.max(core.timing().minimumIntervalCycles(), (double) rest));
    }
}
