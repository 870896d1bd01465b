package dev.infermark.plan;

import java.util.OptionalDouble;

/** What a target limits. */
public enum Measure {
    /** 99th percentile of a call. */
    LATENCY_P99("latency-p99"),
    /** Median time to the first token. */
    TTFT("ttft"),
    /** Median time per further token. */
    TPOT("tpot");

    private final String label;

    Measure(String label) {
        this.label = label;
    }

    /** The word on the command line. */
    public String label() {
        return label;
    }

    /** Its seconds in a deployment's speed; empty where the network has no such time. */
    public OptionalDouble of(Speed speed) {
        return switch (speed) {
            case Speed.Calls(_, double p99) ->
                    this == LATENCY_P99 ? OptionalDouble.of(p99) : OptionalDouble.empty();
            case Speed.Tokens(double ttft, double tpot, _) -> switch (this) {
                case LATENCY_P99 -> OptionalDouble.empty();
                case TTFT -> OptionalDouble.of(ttft);
                case TPOT -> OptionalDouble.of(tpot);
            };
        };
    }
}
