package dev.infermark.deploy.generate;

import dev.infermark.deploy.generate.GenerationPredictor.Setting;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.shard.AttentionShape;
import dev.infermark.lower.shard.AttentionShape.Kind;
import dev.infermark.lower.shard.BlockShape;
import dev.infermark.lower.shard.Shard;
import dev.infermark.lower.shard.TransformerShape.Repeated;
import dev.infermark.lower.shard.WeightShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The time to the first token: all tokens of the prompts, padded to a bucket, go through the layers at once.
 *
 * <p>For each layer the longer of streaming its weights and of its products, and the exposed passes of the lanes; half
 * of the square of scores, since tokens see only earlier ones; two all-reduces of the whole hidden state. Norms and
 * residuals are not divided among the cores, unless each has those of its tokens, between a reduce-scatter and an
 * all-gather that take as long as the all-reduce.
 *
 * <p>How often weights are read: once while the hidden states of all tokens, 2 B · tokens · hidden, fit into the 24
 * MiB of SBUF, so that each matrix meets all of them; beyond, hidden states come from device memory in tiles of as many
 * tokens as SBUF has partitions, 128, and each tile streams all matrices anew, those of experts too. The step is in the
 * published times: 70B models take a jump between prompts of 1,024 tokens (16 MiB) and 2,048 (32 MiB). It holds for
 * batches of fixed requests alone.
 */
final class PrefillModel {
    private static final int BYTES = 2;
    private static final double CAUSAL = 0.5;

    /** Passes over the hidden state for each norm and its residual. */
    private static final int NORM_VECTOR_PASSES = 5;

    /** Passes over queries, keys and values: out of PSUM, and rotations of the first two. */
    private static final int PROJECTION_PASSES = 4;

    /** Passes over inner columns: out of PSUM, the product with the gate. */
    private static final int INNER_PASSES = 3;

    private final Shard shard;
    private final Setting setting;
    private final NeuronCore core;
    private final Exchanges exchanges;
    private final double bytesPerSecond;
    private final AttentionPasses passes;
    private final ExpertPasses experts;
    private final MatmulCycles matmuls;

    PrefillModel(Shard shard, Setting setting, Exchanges exchanges) {
        this.shard = shard;
        this.setting = setting;
        this.core = setting.neuronCore();
        this.exchanges = exchanges;
        this.bytesPerSecond = core.dma().bytesPerSecond();
        this.passes = new AttentionPasses(setting);
        this.experts = new ExpertPasses(shard, setting);
        this.matmuls = new MatmulCycles(core);
    }

    /**
     * The calls of a request.
     *
     * @param count calls, one after the other
     * @param prompts prompts of each
     * @param tokens tokens that each prompt is padded to
     * @param reading how weights meet hidden states that the on-chip memory does not hold
     */
    private record Calls(double count, long prompts, long tokens, Reading reading) {}

    /** How often weights are read. */
    private enum Reading {
        ONCE,
        /** For each tile of tokens, as transformers-neuronx does for a batch of fixed requests. */
        EACH_TILE
    }

    TimeByCause of(GenerationRequest request) {
        Calls calls = calls(request);
        TimeByCause sum = head().plus(host());
        for (Repeated each : repeated()) {
            sum = sum.plus(layer(each.block(), calls).times(each.count()));
        }
        return sum.times(calls.count());
    }

    private Calls calls(GenerationRequest request) {
        if (shard.shape().hasEncoder()) {
            return new Calls(1, request.batch(), request.inputTokens(), Reading.ONCE);
        }
        return setting.runtime().batchesContinuously(request.batch())
                ? new Calls(request.active(), 1, request.compiledTokens(), Reading.ONCE)
                : new Calls(
                        1,
                        request.batch(),
                        Buckets.of(request.inputTokens(), Buckets.LEAST_PROMPT, request.compiledTokens()),
                        Reading.EACH_TILE);
    }

    /** What {@link #of} sums, part by part; where prompts go one by one, each part is that of all of them. */
    List<LayerTime> layers(GenerationRequest request) {
        Calls calls = calls(request);
        String name = shard.shape().hasEncoder() ? "encoder layer " : "layer ";
        List<LayerTime> layers = new ArrayList<>();
        layers.add(LayerTime.ofCall(host().times(calls.count())));
        for (Repeated each : repeated()) {
            TimeByCause time = layer(each.block(), calls).times(calls.count());
            for (int i = 0; i < each.count(); i++) {
                layers.add(new LayerTime(name + (layers.size() - 1), time));
            }
        }
        if (!shard.shape().hasEncoder()) {
            layers.add(new LayerTime("head", head().times(calls.count())));
        }
        return layers;
    }

    private List<Repeated> repeated() {
        return shard.shape().hasEncoder() ? shard.shape().encoder() : shard.shape().decoder();
    }

    private TimeByCause host() {
        return new TimeByCause(Map.of(
                Cause.HOST, setting.core().host().callSeconds(),
                Cause.RING, shard.degree() == 1 ? 0 : setting.prefillSeconds()));
    }

    /** The scores of the words; an encoder has none, the decoder's first step does it. */
    private TimeByCause head() {
        return shard.shape().hasEncoder()
                ? new TimeByCause(Map.of())
                : new TimeByCause(Map.of(Cause.WEIGHTS, BYTES * shard.headParameters() / bytesPerSecond));
    }

    private TimeByCause layer(BlockShape block, Calls calls) {
        long all = Math.multiplyExact(calls.prompts(), calls.tokens());
        double products = productCycles(block, all);
        double hiddenBytes = (double) BYTES * all * block.hidden();
        boolean isOnChip = hiddenBytes <= core.sbuf().capacityBytes();
        long readings = calls.reading() == Reading.ONCE || isOnChip
                ? 1
                : Math.ceilDiv(all, core.sbuf().partitionCount());
        double weights = Math.max(
                readings
                        * BYTES
                        * (shard.storedParameters(block) - shard.expertParameters(block))
                        / bytesPerSecond,
                setting.core().tensorSlowdown() * products / core.tensor().clockHz());
        return new TimeByCause(Map.of(
                Cause.WEIGHTS, weights + experts.prefill(block, all, readings),
                Cause.CACHE, relayouts(calls.prompts(), isOnChip ? 0 : hiddenBytes),
                Cause.ATTENTION, lanes(block, all) + attention(block, calls.prompts(), calls.tokens()),
                Cause.COLLECTIVES, block.reductions() * exchanges.prompt(hiddenBytes)));
    }

    /** Changes of the layout of several prompts: sequence by sequence, and of bytes that are in device memory. */
    private double relayouts(long prompts, double bytesOffChip) {
        return prompts > 1 && setting.runtime().relaysOut(setting.sdk())
                ? prompts * setting.generation().sequenceRelayoutSeconds()
                        + setting.generation().hiddenRelayouts() * bytesOffChip / bytesPerSecond
                : 0;
    }

    /** Cycles of the array for all products with weights. */
    private double productCycles(BlockShape block, long tokens) {
        double cycles = 0;
        for (AttentionShape each : block.attentions()) {
            long queries = shard.queryHeads(each) * each.width();
            long shared = shard.keyValueHeads(each) * each.width();
            cycles += matmuls.of(tokens, each.hidden(), queries)
                    + 2 * matmuls.of(tokens, each.hidden(), shared)
                    + matmuls.of(tokens, queries, each.hidden());
        }
        for (WeightShape each : block.dense()) {
            cycles += matmuls.of(tokens, each, shard.degree());
        }
        return cycles;
    }

    /** Exposed passes over hidden states, projections and inner columns. */
    private double lanes(BlockShape block, long tokens) {
        double hidden = block.hidden();
        double vector = 0;
        for (AttentionShape each : block.attentions()) {
            hidden += each.hidden();
            vector += PROJECTION_PASSES * each.width() * (shard.queryHeads(each) + 2 * shard.keyValueHeads(each));
        }
        double inner = Math.ceilDiv(block.innerColumns(), shard.degree());
        vector += INNER_PASSES * inner;
        long own = switch (shard.sharing().norms()) {
            case WHOLE -> tokens;
            case SEQUENCE_PARALLEL -> Math.ceilDiv(tokens, shard.degree());
        };
        return setting.core().laneExposure()
                * (passing(tokens, vector, inner) + passing(own, (NORM_VECTOR_PASSES + 1) * hidden, hidden));
    }

    /** Seconds of passes of both lanes over so many columns of tokens. */
    private double passing(long tokens, double vector, double scalar) {
        return Math.ceilDiv(tokens, core.sbuf().partitionCount())
                * (vector / core.vector().clockHz() + scalar / core.scalar().clockHz());
    }

    private double attention(BlockShape block, long prompts, long tokens) {
        double seconds = 0;
        for (AttentionShape each : block.attentions()) {
            if (each.kind() == Kind.CROSS) {
                continue;
            }
            long keys = Math.min(tokens, each.window());
            double heads = (double) prompts * shard.queryHeads(each);
            double share = keys < tokens ? 1 : CAUSAL;
            double softmax = Math.ceilDiv(tokens, core.sbuf().partitionCount()) * keys * passes.secondsPerColumn();
            double products = matmuls.of(tokens, each.width(), keys)
                    + matmuls.of(tokens, keys, each.width())
                    + Math.ceilDiv(keys, core.tensor().columnCount()) * matmuls.moving(tokens);
            seconds += share
                    * heads
                    * (setting.core().laneExposure() * softmax
                            + setting.core().tensorSlowdown() * products / core.tensor().clockHz());
        }
        return seconds;
    }
}
