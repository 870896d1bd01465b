package dev.infermark.validate.generate;

import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.deploy.generate.GenerationPrediction;
import dev.infermark.deploy.generate.GenerationPredictor;
import dev.infermark.deploy.generate.GenerationRequest;
import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.simulate.Calibrations;

/**
 * A published measurement of text generation in the terms of the model.
 *
 * @param shape the network
 * @param instance where
 * @param degree cores of a group
 * @param runtime library
 * @param sdk release
 * @param request what is generated
 */
public record GenerationScenario(
        TransformerShape shape,
        Instance instance,
        int degree,
        GenerationRuntime runtime,
        SdkVersion sdk,
        GenerationRequest request) {

    /** What the model says. */
    public GenerationPrediction predict(Calibrations calibrations, GenerationCalibration generation) {
        return new GenerationPredictor(
                        shape,
                        degree,
                        new GenerationPredictor.Setting(
                                instance,
                                sdk,
                                runtime,
                                calibrations.of(instance.chip().core().generation()),
                                generation))
                .predict(request);
    }

    /** The scenario whatever the release, for grouping. */
    GenerationScenario ofAnyRelease() {
        return new GenerationScenario(shape, instance, degree, runtime, SdkVersion.NEWEST, request);
    }
}
