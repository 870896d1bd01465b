package dev.infermark.deploy.generate;

import dev.infermark.deploy.generate.GenerationPredictor.Setting;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.shard.AttentionShape;
import dev.infermark.lower.shard.Shard;

/** What the engines do for the attention of one new token per sequence, as far as it is exposed. */
final class AttentionPasses {
    /** Passes of the Vector engine over scores: two out of PSUM, maximum, difference, sum, and a product of two. */
    static final int VECTOR_PASSES = 7;

    /** Passes of the Scalar engine over scores: the exponential. */
    static final int SCALAR_PASSES = 1;

    private final Setting setting;
    private final NeuronCore core;

    AttentionPasses(Setting setting) {
        this.setting = setting;
        this.core = setting.neuronCore();
    }

    /** Seconds of the passes over each key's scores on all partitions at once. */
    double secondsPerColumn() {
        return VECTOR_PASSES / core.vector().clockHz() + SCALAR_PASSES / core.scalar().clockHz();
    }

    /**
     * Exposed seconds of one layer's attention. Heads with keys of their own lie across the partitions together with
     * those of all sequences; heads that share keys are passed over sequence by sequence, up to a number that is
     * fitted.
     */
    double step(Shard shard, AttentionShape attention, long batch, long keys) {
        long queries = shard.queryHeads(attention);
        long shared = shard.keyValueHeads(attention);
        double tiles = shared < queries
                ? 1 / (1.0 / (batch * shared) + 1 / setting.generation().serialAttentions())
                : Math.ceilDiv(batch * queries, core.sbuf().partitionCount());
        double exposure = setting.core().laneExposure();
        double softmax = tiles * keys * secondsPerColumn();
        // Scores and context: keys by tiles of the array, through each of which the queries move.
        double cycles = 2.0 * batch * shared * Math.ceilDiv(keys, core.tensor().columnCount())
                * core.timing().minimumIntervalCycles();
        double products = setting.core().tensorSlowdown() * cycles / core.tensor().clockHz();
        return exposure * (softmax + products);
    }
}
