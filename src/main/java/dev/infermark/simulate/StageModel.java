package dev.infermark.simulate;

import dev.infermark.hardware.DmaEngines;

/** How the documented costs of a stage become time, under one calibration and in one surrounding. */
final class StageModel {
    private final Calibration calibration;
    private final Era era;
    private final double trigger;
    private final double streamFactor;
    private final double spillFactor;
    private final double scoresFactor;
    private final double relayoutFactor;
    private final double miss;

    StageModel(DmaEngines dma, Calibration calibration, Conditions conditions) {
        this.calibration = calibration;
        this.era = calibration.era(conditions.sdk());
        this.trigger = dma.triggerLatencySeconds();
        this.streamFactor = dma.bytesPerSecond() / calibration.streamBytesPerSecond();
        this.spillFactor = streamFactor * (1 + (conditions.busyCores() > 1 ? calibration.contention() : 0));
        this.scoresFactor = spillFactor * era.scoreExposure();
        this.miss = Math.min(1, calibration.prefetchMiss() + era.prefetchMiss());
        this.relayoutFactor = streamFactor * era.relayoutExposure() / era.coreFactor();
    }

    /** Seconds for which each resource works. */
    ResourceSeconds busy(StageCost cost) {
        double moving = era.coreFactor()
                * (streamFactor * (cost.streaming() + cost.spilling())
                        + cost.sharing()
                        + streamFactor * era.scoreExposure() * cost.scores()
                        + relayoutFactor * cost.relayout());
        return cost.computing().plus(ResourceSeconds.of(Resource.DMA, moving));
    }

    /** The resources to which the stage's time is due. */
    ResourceSeconds shares(StageCost cost) {
        ResourceSeconds computing = computing(cost);
        double computed = computing.sum();
        double streaming = streamFactor * cost.streaming() + cost.sharing();
        double waiting = trigger
                + spillFactor * cost.spilling()
                + scoresFactor * cost.scores()
                + relayoutFactor * cost.relayout();
        if (miss == 0) {
            return (streaming > computed ? ResourceSeconds.of(Resource.DMA, streaming + waiting)
                            : computing.plus(ResourceSeconds.of(Resource.DMA, waiting)))
                    .times(era.coreFactor());
        }
        // Of (s^p + c^p)^(1/p) the part due to s is that of s^p in the sum, by Euler's theorem.
        double powerOfStreaming = StrictMath.pow(streaming, 1 / miss);
        double powerOfComputing = StrictMath.pow(computed, 1 / miss);
        double both = powerOfStreaming + powerOfComputing;
        double overlapped = StrictMath.pow(both, miss);
        double streamed = both == 0 ? 0 : overlapped * powerOfStreaming / both;
        return computing
                .times(computed == 0 ? 0 : (overlapped - streamed) / computed)
                .plus(ResourceSeconds.of(Resource.DMA, streamed + waiting))
                .times(era.coreFactor());
    }

    /**
     * The time of computing by engine: what each exposes, or the documented time of the busiest where that is more, as
     * no overlap makes an engine faster than it is.
     */
    private ResourceSeconds computing(StageCost cost) {
        ResourceSeconds exposed = exposed(cost);
        Resource busiest = cost.computing().largest();
        double least = cost.computing().of(busiest) / era.coreFactor();
        return exposed.sum() >= least ? exposed : ResourceSeconds.of(busiest, least);
    }

    /** What the stage takes longer for each engine, as far as the others do not hide it. */
    private ResourceSeconds exposed(StageCost cost) {
        double lanes = calibration.laneExposure();
        ResourceSeconds all = cost.computing();
        ResourceSeconds softmax = cost.softmax().times(calibration.softmaxSlowdown() - 1);
        return new ResourceSeconds(
                calibration.tensorSlowdown() * all.tensor(),
                lanes * (all.vector() + softmax.vector()),
                lanes * (all.scalar() + softmax.scalar()),
                lanes * all.gpsimd(),
                0);
    }
}
