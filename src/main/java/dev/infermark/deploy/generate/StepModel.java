package dev.infermark.deploy.generate;

import dev.infermark.deploy.generate.GenerationPredictor.Setting;
import dev.infermark.lower.shard.AttentionShape;
import dev.infermark.lower.shard.AttentionShape.Kind;
import dev.infermark.lower.shard.BlockShape;
import dev.infermark.lower.shard.Shard;
import dev.infermark.lower.shard.TransformerShape.Repeated;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The time of one step of decoding, for a batch whose caches are read up to a bucket. */
final class StepModel {
    /** Weights and caches are kept in 16 bits; INT8 weights are cast on their way, whose written side is as wide. */
    private static final int BYTES = 2;

    /** Bytes of a score that goes to the host. */
    private static final int SCORE_BYTES = 4;

    /** Copies of the scores that the host's sampling works on: received, cast, filtered. */
    private static final int SCORE_COPIES = 3;

    /** Share of a small host's copying time that hosts with many CPUs take. */
    private static final double MANY_CPUS = 0.5;

    private final Shard shard;
    private final Setting setting;
    private final Exchanges exchanges;
    private final double bytesPerSecond;
    private final AttentionPasses passes;
    private final ExpertPasses experts;

    StepModel(Shard shard, Setting setting, Exchanges exchanges) {
        this.shard = shard;
        this.setting = setting;
        this.exchanges = exchanges;
        this.bytesPerSecond = setting.neuronCore().dma().bytesPerSecond();
        this.passes = new AttentionPasses(setting);
        this.experts = new ExpertPasses(shard, setting);
    }

    /** A step of all sequences of a batch. */
    TimeByCause of(GenerationRequest request, long bucket) {
        TimeByCause step = head().plus(host(request));
        for (Repeated each : shard.shape().decoder()) {
            step = step.plus(layer(each.block(), request, bucket).times(each.count()));
        }
        return step;
    }

    /** The same, part by part. */
    List<LayerTime> layers(GenerationRequest request, long bucket) {
        List<LayerTime> layers = new ArrayList<>();
        layers.add(LayerTime.ofCall(host(request)));
        for (Repeated each : shard.shape().decoder()) {
            TimeByCause time = layer(each.block(), request, bucket);
            for (int i = 0; i < each.count(); i++) {
                layers.add(new LayerTime("layer " + (layers.size() - 1), time));
            }
        }
        layers.add(new LayerTime("head", head()));
        return layers;
    }

    private TimeByCause head() {
        return new TimeByCause(Map.of(
                Cause.WEIGHTS, BYTES * shard.headParameters() / bytesPerSecond,
                Cause.SAMPLING, ranking()));
    }

    private TimeByCause layer(BlockShape block, GenerationRequest request, long bucket) {
        double allReduce = exchanges.step((double) BYTES * request.batch() * block.hidden());
        double cache = 0;
        double attention = 0;
        for (AttentionShape each : block.attentions()) {
            long keys = each.kind() == Kind.CROSS ? request.inputTokens() : Math.min(bucket, each.window());
            cache += cacheSeconds(each, request.batch(), keys);
            attention += passes.step(shard, each, request.batch(), keys);
        }
        return new TimeByCause(Map.of(
                Cause.WEIGHTS,
                        BYTES * shard.denseParameters(block) / bytesPerSecond + experts.step(block, request),
                Cause.CACHE, cache,
                Cause.ATTENTION, attention,
                Cause.COLLECTIVES, block.reductions() * allReduce));
    }

    private double cacheSeconds(AttentionShape attention, long batch, long keys) {
        long heads = shard.keyValueHeads(attention);
        double once = (double) batch * keys * 2 * BYTES * heads * attention.width() / bytesPerSecond;
        boolean isRelaidOut = setting.runtime().relaysOut(setting.sdk())
                && setting.runtime().batchesContinuously(batch)
                && heads > 1;
        return isRelaidOut ? once * (1 + setting.generation().cacheRelayouts()) : once;
    }

    /** Passes over the scores of the words that a core has. */
    private double ranking() {
        long words = Math.ceilDiv(shard.shape().vocabulary(), shard.degree());
        return setting.runtime().ranksScores()
                ? setting.generation().scorePasses()
                        * words
                        / setting.neuronCore().vector().clockHz()
                : 0;
    }

    private TimeByCause host(GenerationRequest request) {
        double loop = isLooped() ? setting.generation().loopSeconds() : 0;
        return new TimeByCause(Map.of(
                Cause.HOST, setting.core().host().callSeconds() + loop,
                Cause.SAMPLING, isLooped() ? 0 : choosing(request)));
    }

    /** Whether a Python loop around the call chooses the tokens, whose time is fitted as a whole. */
    private boolean isLooped() {
        return shard.shape().hasEncoder();
    }

    /** Seconds until the host has chosen a token for each sequence, where it is the host that does. */
    private double choosing(GenerationRequest request) {
        if (setting.runtime().filtersOnHost(setting.sdk())) {
            return setting.generation().filterSeconds() * request.batch();
        }
        if (!setting.runtime().samplesOnHost()) {
            return 0;
        }
        long bytes = request.active() * shard.shape().vocabulary() * SCORE_BYTES;
        boolean isLarge = SCORE_COPIES * bytes > setting.instance().chip().host().largeTransferBytes();
        return bytes * (isLarge
                ? setting.core().host().largeSecondsPerByte()
                : MANY_CPUS * setting.core().host().secondsPerByte());
    }
}
