package dev.infermark.deploy.generate;

import dev.infermark.deploy.generate.GenerationPredictor.Setting;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.shard.BlockShape;
import dev.infermark.lower.shard.Shard;

/**
 * The experts of a mixture, each of which all cores share by its columns and rows, or those of one part of the group
 * where experts are divided among such parts. Shapes are fixed when a step is compiled, so that each part is ready for
 * all choices to fall on its own experts.
 *
 * <p>NeuronX Distributed selects: where tokens times their experts are fewer than there are experts, it gathers the
 * matrices of each token's choice into a copy and multiplies by that; else, and for every prompt, all tokens go through
 * all experts, whose results are weighted by the router (neuronx_distributed/modules/moe/expert_mlps.py,
 * forward_selective_loading and forward_all_experts), one after the other: its streaming, matmuls and lanes wait for
 * each other. Two profiles of prompts on Trainium1 agree, whose reading shows all experts at batch 1 too.
 * transformers-neuronx reads each expert once that some sequence needs: n · (1 − (1 − k/n)^sequences) where every
 * choice is equally likely.
 */
final class ExpertPasses {
    private static final int BYTES = 2;

    /** A gathered matrix is written beside the others, then read. */
    private static final int SELECTED_READS = 2;

    /** Passes over inner columns: the gate's and its partner's out of PSUM, their product. */
    private static final int INNER_PASSES = 3;

    /** Passes over an expert's results: out of PSUM, times the router's weight, the sum. */
    private static final int RESULT_PASSES = 3;

    private final Shard shard;
    private final Setting setting;
    private final NeuronCore core;
    private final MatmulCycles cycles;
    private final double bytesPerSecond;

    ExpertPasses(Shard shard, Setting setting) {
        this.shard = shard;
        this.setting = setting;
        this.core = setting.neuronCore();
        this.cycles = new MatmulCycles(core);
        this.bytesPerSecond = core.dma().bytesPerSecond();
    }

    /** Seconds of one layer's experts in a step. */
    double step(BlockShape block, GenerationRequest request) {
        if (block.experts().isEmpty()) {
            return 0;
        }
        long experts = block.experts().getFirst().experts();
        long chosen = block.experts().getFirst().chosen();
        if (!setting.runtime().sendsTokensToAllExperts()) {
            double missed = Math.pow(1 - (double) chosen / experts, (double) request.active());
            return experts * (1 - missed) * streaming(block);
        }
        long choices = request.batch() * chosen;
        long own = onCore(block);
        return choices < own
                ? choices * SELECTED_READS * streaming(block)
                : own * oneByOne(block, request.batch());
    }

    /** Seconds of one layer's experts for all tokens of prompts, whose weights are read so many times. */
    double prefill(BlockShape block, long tokens, long readings) {
        if (block.experts().isEmpty()) {
            return 0;
        }
        double overlapped = Math.max(readings * streaming(block), multiplying(block, tokens))
                + setting.core().laneExposure() * lanes(block, tokens);
        return onCore(block) * (setting.runtime().sendsTokensToAllExperts() ? oneByOne(block, tokens) : overlapped);
    }

    private double oneByOne(BlockShape block, long tokens) {
        return streaming(block) + multiplying(block, tokens) + lanes(block, tokens);
    }

    /** Experts that a core has, or a part of each. */
    private long onCore(BlockShape block) {
        return Math.ceilDiv(
                block.experts().getFirst().experts(), shard.sharing().expertGroups());
    }

    /** Seconds to read one expert's matrices. */
    private double streaming(BlockShape block) {
        long parameters = block.experts().stream()
                .mapToLong(shard::expertParameters)
                .sum();
        return BYTES * parameters / bytesPerSecond;
    }

    /** Seconds of the array for one expert. */
    private double multiplying(BlockShape block, long tokens) {
        double products = block.experts().stream()
                .mapToDouble(each -> cycles.of(tokens, each, shard.sharing().coresPerExpert()))
                .sum();
        return setting.core().tensorSlowdown() * products / core.tensor().clockHz();
    }

    /** Seconds of the lanes for one expert. */
    private double lanes(BlockShape block, long tokens) {
        long inner = Math.ceilDiv(block.expertColumns(), shard.sharing().coresPerExpert());
        double vector = (double) INNER_PASSES * inner + RESULT_PASSES * block.hidden();
        return Math.ceilDiv(tokens, core.sbuf().partitionCount())
                * (vector / core.vector().clockHz() + inner / core.scalar().clockHz());
    }
}
