package dev.infermark.cli;

import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quoter;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Workload;
import java.util.HashMap;
import java.util.Map;

/** The modelled time of a call by the length of its sequences, each predicted once. */
final class CallTimes {
    private final ModelSource source;
    private final Workload workload;
    private final CustomSupport custom;
    private final Quoter quoter;
    private final Deployment deployment;
    private final Precision precision;
    private final Map<Integer, Double> known = new HashMap<>();

    CallTimes(
            ModelSource source,
            Workload workload,
            CustomSupport custom,
            Quoter quoter,
            Deployment deployment,
            Precision precision) {
        this.source = source;
        this.workload = workload;
        this.custom = custom;
        this.quoter = quoter;
        this.deployment = deployment;
        this.precision = precision;
    }

    /** The network for sequences of a length. */
    Network network(int length) {
        return Network.of(source, workload.withSequenceLength(length), custom);
    }

    /** Seconds of a call. */
    double seconds(int length) {
        return known.computeIfAbsent(
                length, tokens -> quoter.predict(network(tokens), deployment, precision).latencySeconds());
    }
}
