package dev.infermark.cli;

import dev.infermark.deploy.Network;
import java.util.HashMap;
import java.util.Map;

/** The modelled time of a call by the length of its sequences, each predicted once. */
final class CallTimes {
    private final Call call;
    private final Map<Integer, Double> known = new HashMap<>();

    CallTimes(Call call) {
        this.call = call;
    }

    /** The network for sequences of a length. */
    Network network(int length) {
        return Network.of(call.source(), call.workload().withSequenceLength(length), call.custom());
    }

    /** Seconds of a call. */
    double seconds(int length) {
        return known.computeIfAbsent(
                length, tokens -> call.predict(network(tokens)).latencySeconds());
    }
}
