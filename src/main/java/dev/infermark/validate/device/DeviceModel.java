package dev.infermark.validate.device;

import dev.infermark.deploy.generate.Cause;
import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.deploy.generate.GenerationPredictor;
import dev.infermark.deploy.generate.GenerationRequest;
import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.deploy.generate.TimeByCause;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.Shard;
import dev.infermark.lower.shard.TransformerShape.Repeated;
import dev.infermark.simulate.Calibration;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.device.DeviceProfile.Observed;

/**
 * The core model of a language model without its host; nothing is fitted to device profiles but one count,
 * {@link #READS_PER_SUM}, so that the bytes that a prefill reads are no independent test.
 *
 * <p>A step of decoding streams the core's weights and the cache at the rate that encoders stream weights with, beside
 * which its exchanges do not show. A prefill takes what it does in a prediction of text generation, less the host.
 */
final class DeviceModel {
    private static final int BYTES = 2;

    /** How often each sum over the group reads the hidden state from device memory; seen in these profiles. */
    private static final int READS_PER_SUM = 2;

    private final Instance instance;
    private final Calibrations calibrations;

    DeviceModel(Instance instance, Calibrations calibrations) {
        this.instance = instance;
        this.calibrations = calibrations;
    }

    /** The modelled step of decoding. */
    Observed decode(DeviceProfile profile) {
        Shard shard = predictor(profile).shard();
        double cache = (double) BYTES * profile.batch() * shard.cacheElements(profile.tokens());
        double read = BYTES * shard.storedParameters() + cache;
        double seconds = read / calibration().streamBytesPerSecond();
        Chip chip = instance.chip();
        double share = chip.memory().bytesPerSecond() / chip.coreCount();
        return new Observed(seconds, read, read / seconds / share);
    }

    /** The modelled prefill. */
    Observed prefill(DeviceProfile profile) {
        GenerationPredictor predictor = predictor(profile);
        Shard shard = predictor.shard();
        TimeByCause time = predictor.prefill(GenerationRequest.of(profile.batch(), profile.tokens() - 1, 1));
        double seconds = time.total() - time.of(Cause.HOST) - time.of(Cause.RING);
        double sums = profile.degree() == 1 ? 0 : sumBytes(profile);
        double operations = 2.0 * profile.batch() * profile.tokens()
                * (shard.storedParameters() - shard.headParameters());
        return new Observed(
                seconds,
                BYTES * shard.storedParameters() + READS_PER_SUM * sums,
                operations / seconds / peak(instance.chip().core()));
    }

    /** The hidden state of all tokens, once for each sum over the group. */
    private static double sumBytes(DeviceProfile profile) {
        double hidden = (double) BYTES * profile.batch() * profile.tokens() * profile.shape().hidden();
        return profile.shape().decoder().stream()
                .mapToDouble((Repeated each) -> each.count() * each.block().reductions() * hidden)
                .sum();
    }

    private static double peak(NeuronCore core) {
        return 2.0 * core.tensor().rowCount() * core.tensor().columnCount() * core.tensor().clockHz();
    }

    private GenerationPredictor predictor(DeviceProfile profile) {
        return new GenerationPredictor(
                profile.shape(),
                profile.degree(),
                new GenerationPredictor.Setting(
                        instance,
                        SdkVersion.NEWEST,
                        GenerationRuntime.NEURONX_DISTRIBUTED,
                        calibration(),
                        GenerationCalibration.builtIn()));
    }

    private Calibration calibration() {
        return calibrations.of(instance.chip().core().generation());
    }
}
