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

    TimeByCause of(GenerationRequest request) {
        boolean isOneByOne = setting.runtime().batchesContinuously(request.batch());
        return isOneByOne
                ? call(1, tokens(request)).times((double) request.active())
                : call(request.batch(), tokens(request));
    }

    /** One call for prompts of the same padded length. */
    TimeByCause call(long prompts, long tokens) {
        TimeByCause sum = head().plus(new TimeByCause(Map.of(Cause.HOST, host())));
        for (Repeated each : repeated()) {
            sum = sum.plus(layer(each.block(), prompts, tokens).times(each.count()));
        }
        return sum;
    }

    /** What {@link #of} sums, part by part; where prompts go one by one, each part is that of all of them. */
    List<LayerTime> layers(GenerationRequest request) {
        boolean isOneByOne = setting.runtime().batchesContinuously(request.batch());
        double calls = isOneByOne ? request.active() : 1;
        long prompts = isOneByOne ? 1 : request.batch();
        List<LayerTime> layers = new ArrayList<>();
        layers.add(new LayerTime("call", new TimeByCause(Map.of(Cause.HOST, calls * host()))));
        for (Repeated each : repeated()) {
            TimeByCause time = layer(each.block(), prompts, tokens(request)).times(calls);
            for (int i = 0; i < each.count(); i++) {
                layers.add(new LayerTime("layer " + (layers.size() - 1), time));
            }
        }
        layers.add(new LayerTime("head", head().times(calls)));
        return layers;
    }

    private List<Repeated> repeated() {
        return shard.shape().encoder().isEmpty() ? shard.shape().decoder() : shard.shape().encoder();
    }

    private double host() {
        return setting.core().host().callSeconds() + (shard.degree() == 1 ? 0 : setting.prefillSeconds());
    }

    private TimeByCause head() {
        return new TimeByCause(Map.of(Cause.WEIGHTS, BYTES * shard.headParameters() / bytesPerSecond));
    }

    /** Tokens that a prompt is padded to. */
    private long tokens(GenerationRequest request) {
        return setting.runtime().batchesContinuously(request.batch())
                ? request.compiledTokens()
                : Buckets.of(request.inputTokens(), Buckets.LEAST_PROMPT, request.compiledTokens());
    }

    private TimeByCause layer(BlockShape block, long prompts, long tokens) {
        long all = Math.multiplyExact(prompts, tokens);
        double products = productCycles(block, all);
        double weights = Math.max(
                BYTES * (shard.storedParameters(block) - shard.expertParameters(block)) / bytesPerSecond,
                setting.core().tensorSlowdown() * products / core.tensor().clockHz());
        double hiddenBytes = (double) BYTES * all * block.hidden();
        double relayouts = prompts > 1 && setting.runtime().relaysOut(setting.sdk())
                ? setting.generation().hiddenRelayouts() * hiddenBytes / bytesPerSecond
                : 0;
        return new TimeByCause(Map.of(
                Cause.WEIGHTS, weights + experts.prefill(block, all),
                Cause.CACHE, relayouts,
                Cause.ATTENTION, lanes(block, all) + attention(block, prompts, tokens),
                Cause.COLLECTIVES, block.reductions() * exchanges.prompt(hiddenBytes)));
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
        long hidden = block.hidden();
        double vector = 0;
        for (AttentionShape each : block.attentions()) {
            hidden += each.hidden();
            vector += PROJECTION_PASSES * each.width() * (shard.queryHeads(each) + 2 * shard.keyValueHeads(each));
        }
        long inner = Math.ceilDiv(block.innerColumns(), shard.degree());
        vector += INNER_PASSES * inner;
        long own = switch (shard.sharing().norms()) {
            case WHOLE -> tokens;
            case SEQUENCE_PARALLEL -> Math.ceilDiv(tokens, shard.degree());
        };
        return setting.core().laneExposure()
                * (passing(tokens, vector, inner) + passing(own, (NORM_VECTOR_PASSES + 1.0) * hidden, hidden));
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
