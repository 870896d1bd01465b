package dev.infermark.validate;

import dev.infermark.deploy.Deployment;
import dev.infermark.lower.Precision;
import dev.infermark.reader.Workload;
import java.util.Optional;

/**
 * A measurement in the terms of the model: everything that a prediction needs.
 *
 * @param model name or file of the network
 * @param workload the call that one core runs
 * @param deployment cores and clients
 * @param precision element types after the compiler's casts
 * @param sdk release of the Neuron SDK, where published
 * @param assumption what had to be assumed because it was not published, else empty
 */
public record Scenario(
        String model,
        Workload workload,
        Deployment deployment,
        Precision precision,
        Optional<SdkVersion> sdk,
        String assumption) {}
