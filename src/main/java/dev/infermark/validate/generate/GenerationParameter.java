package dev.infermark.validate.generate;

import dev.infermark.deploy.generate.GenerationCalibration;

/** A fitted parameter of {@link GenerationCalibration}, with the value that a fit starts from and is drawn to. */
public enum GenerationParameter {
    /** An all-reduce of up to 64 KB. */
    ALL_REDUCE_SECONDS("allReduceSeconds", "s", 4e-5),
    /** Attentions with shared keys that go one after the other. */
    SERIAL_ATTENTIONS("serialAttentions", "", 12),
    /** Choosing a token on the host. */
    FILTER_SECONDS("filterSeconds", "s", 3e-4),
    /** Further passes over caches. */
    CACHE_RELAYOUTS("cacheRelayouts", "", 1),
    /** Start of a large all-reduce. */
    LARGE_ALL_REDUCE_SECONDS("largeAllReduceSeconds", "s", 1.3e-4),
    /** First call of a request. */
    PREFILL_SECONDS("prefillSeconds", "s", 0.014),
    /** A change of layout, sequence by sequence. */
    SEQUENCE_RELAYOUT_SECONDS("sequenceRelayoutSeconds", "s", 8e-5),
    /** Further passes over hidden states. */
    HIDDEN_RELAYOUTS("hiddenRelayouts", "", 12),
    /** The likeliest 256 by eights, each found and then taken out. */
    SCORE_PASSES("scorePasses", "", 64),
    /** The Python loop of an encoder-decoder. */
    LOOP_SECONDS("loopSeconds", "s", 0.0045);

    private final String key;
    private final String unit;
    private final double start;

    GenerationParameter(String key, String unit, double start) {
        this.key = key;
        this.unit = unit;
        this.start = start;
    }

    /** The name in files. */
    public String key() {
        return key;
    }

    /** Unit of the value, empty for ratios. */
    public String unit() {
        return unit;
    }

    /** Where a fit starts. */
    public double start() {
        return start;
    }

    /** The value in a calibration. */
    public double value(GenerationCalibration of) {
        return switch (this) {
            case ALL_REDUCE_SECONDS -> of.allReduceSeconds();
            case SERIAL_ATTENTIONS -> of.serialAttentions();
            case FILTER_SECONDS -> of.filterSeconds();
            case CACHE_RELAYOUTS -> of.cacheRelayouts();
            case LARGE_ALL_REDUCE_SECONDS -> of.largeAllReduceSeconds();
            case PREFILL_SECONDS -> of.prefillSeconds();
            case SEQUENCE_RELAYOUT_SECONDS -> of.sequenceRelayoutSeconds();
            case HIDDEN_RELAYOUTS -> of.hiddenRelayouts();
            case SCORE_PASSES -> of.scorePasses();
            case LOOP_SECONDS -> of.loopSeconds();
        };
    }

    /** The calibration of values in the order of the parameters. */
    static GenerationCalibration calibration(double[] values) {
        return new GenerationCalibration(
                values[0], values[1], values[2], values[3], values[4], values[5], values[6], values[7], values[8],
                values[9]);
    }
}
