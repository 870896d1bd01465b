package dev.infermark.deploy.generate;

import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.hardware.NeuronLink.Topology;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.GroupSharing;
import dev.infermark.lower.shard.Shard;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.simulate.Calibration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Predicts prefill and decode of a network that a group of cores shares; immutable, and cheap: equal layers are
 * computed once.
 *
 * <p>A step is a call of the host, then for each layer weights and cache streamed by the documented rate of the DMA
 * engines, the exposed passes of attention, and its all-reduces; then the head. Nothing overlaps with the all-reduces,
 * each of which waits for the layer before it.
 */
public final class GenerationPredictor {
    private final Shard shard;
    private final Setting setting;
    private final StepModel steps;
    private final PrefillModel prefills;

    /**
     * What a step depends on beside the network.
     *
     * @param instance where it runs
     * @param sdk release
     * @param runtime library
     * @param core parameters of the generation
     * @param generation parameters of generation
     */
    public record Setting(
            Instance instance,
            SdkVersion sdk,
            GenerationRuntime runtime,
            Calibration core,
            GenerationCalibration generation) {

        /** The kind of core. */
        NeuronCore neuronCore() {
            return instance.chip().core();
        }

        /** What the first call of a request adds; nothing where links form a torus. */
        double prefillSeconds() {
            boolean isTorus = instance.link()
                    .map(link -> link.topology() == Topology.TORUS_2D)
                    .orElse(false);
            return isTorus ? 0 : generation.prefillSeconds();
        }
    }

    /** A predictor of a network on so many cores. */
    public GenerationPredictor(TransformerShape shape, int degree, Setting setting) {
        this(shape, GroupSharing.of(degree), setting);
    }

    /** A predictor of a network that a group shares. */
    public GenerationPredictor(TransformerShape shape, GroupSharing sharing, Setting setting) {
        this.shard = new Shard(shape, sharing, setting.runtime().keyValueHeads());
        this.setting = setting;
        Exchanges exchanges =
                new Exchanges(setting.generation(), setting.instance(), setting.sdk(), sharing.degree());
        this.steps = new StepModel(shard, setting, exchanges);
        this.prefills = new PrefillModel(shard, setting, exchanges);
    }

    /** The network as one core has it. */
    public Shard shard() {
        return shard;
    }

    /** How fast a request is served. */
    public GenerationPrediction predict(GenerationRequest request) {
        long first = request.inputTokens() + 1;
        long last = request.inputTokens() + request.outputTokens();
        return new GenerationPrediction(
                request,
                prefill(request),
                steps.of(request, bucket(request, request.inputTokens() + request.outputTokens() / 2)),
                mean(request, first, last),
                steps.of(request, bucket(request, last)));
    }

    /**
     * What runs up to the first token: the prompts of those that are active, one by one, or of a whole batch at once;
     * with an encoder also the decoder's first step, which alone knows a word.
     */
    public TimeByCause prefill(GenerationRequest request) {
        TimeByCause prompts = prefills.of(request);
        return shard.shape().hasEncoder() ? prompts.plus(steps.of(request, firstBucket(request))) : prompts;
    }

    private long firstBucket(GenerationRequest request) {
        return bucket(request, request.inputTokens() + 1);
    }

    /** One step of a request's batch, whose caches are read up to a bucket of so many tokens. */
    public TimeByCause step(GenerationRequest request, long bucket) {
        return steps.of(request, bucket);
    }

    /** The prefill and the median step of a request, layer by layer. */
    public GenerationTimeline timeline(GenerationRequest request) {
        List<LayerTime> first = new ArrayList<>(prefills.layers(request));
        if (shard.shape().hasEncoder()) {
            first.addAll(steps.layers(request, firstBucket(request)));
        }
        return new GenerationTimeline(
                first,
                steps.layers(request, bucket(request, request.inputTokens() + request.outputTokens() / 2)));
    }

    /** The mean of all steps, bucket by bucket. */
    private TimeByCause mean(GenerationRequest request, long first, long last) {
        TimeByCause sum = new TimeByCause(Map.of());
        for (long from = first; from <= last; ) {
            long bucket = bucket(request, from);
            long to = Math.min(last, bucket);
            sum = sum.plus(steps.of(request, bucket).times(to - from + 1.0));
            from = to + 1;
        }
        return sum.times(1.0 / (last - first + 1));
    }

    /** Tokens that a step at a position reads from the cache. */
    public long bucket(GenerationRequest request, long position) {
        return setting.runtime().batchesContinuously(request.batch())
                ? request.compiledTokens()
                : Buckets.of(position, Buckets.LEAST_TOKENS, request.compiledTokens());
    }
}
