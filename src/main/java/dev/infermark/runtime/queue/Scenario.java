package dev.infermark.runtime.queue;

import java.util.Locale;

/** The four scenarios of MLPerf Inference, as its rules name them. */
public enum Scenario {
    /** One request after the other; scored by the 90th percentile. */
    SINGLE_STREAM,
    /** Eight requests at a time, the next eight when all are answered; scored by the 99th percentile of all eight. */
    MULTI_STREAM,
    /** Poisson arrivals at a rate; scored by the rate that holds a 99th percentile. */
    SERVER,
    /** All requests at once; scored by throughput. */
    OFFLINE;

    /** Requests of a query in the multi-stream scenario. */
    public static final int SAMPLES_PER_QUERY = 8;

    /** The name in lower case, such as {@code single-stream}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    @Override
    public String toString() {
        return label();
    }
}
