package dev.infermark.validate.scenario;

import dev.infermark.deploy.Deployment;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.reader.Workload;

/**
 * A measurement in the terms of the model: everything that a prediction needs.
 *
 * @param model name or file of the network
 * @param workload the call that one core runs
 * @param deployment cores, clients and release of the SDK, the newest where none is published
 * @param precision element types after the compiler's casts
 * @param assumption what had to be assumed because it was not published, else empty
 */
public record Scenario(
        String model,
        Workload workload,
        Deployment deployment,
        Precision precision,
        String assumption) {

    /** The same on another instance, which has as many cores. */
    public Scenario on(Instance instance) {
        Deployment other =
                new Deployment(instance, deployment.parallelism(), deployment.workersPerCopy(), deployment.sdk());
        return new Scenario(model, workload, other, precision, assumption);
    }

    /** The same under another release of the SDK. */
    Scenario withSdk(SdkVersion sdk) {
        Deployment other = new Deployment(
                deployment.instance(), deployment.parallelism(), deployment.workersPerCopy(), sdk);
        return new Scenario(model, workload, other, precision, assumption);
    }
}
