package dev.infermark.validate.generate;

import dev.infermark.deploy.generate.GenerationPrediction;
import dev.infermark.validate.measurement.Measurement;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What is both published and modelled of text generation. */
public enum GenerationQuantity {
    /** Milliseconds from a request to its first token. */
    TTFT,
    /** Milliseconds per further token. */
    TPOT,
    /** Output tokens per second. */
    THROUGHPUT,
    /** Milliseconds of a whole request over its output tokens, which tables of encoder-decoders print. */
    LATENCY;

    /** How far a whole number of milliseconds may be from what was measured. */
    private static final double ROUNDING = 0.5;

    private static final double MILLIS = 1e3;

    private static final Pattern LABEL = Pattern.compile("\\bTTFT (\\d{1,3}(?:\\.\\d)?) s\\b");

    /** Buckets of the context double from here. */
    private static final long SHORTEST_BUCKET = 128;

    /** The name in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The published value. */
    public OptionalDouble published(Measurement row) {
        return switch (this) {
            case TTFT -> row.figures().ttftP50Millis();
            case TPOT -> isOnEdge(row) ? meanTimePerToken(row) : refined(row);
            case THROUGHPUT -> row.figures().throughput();
            case LATENCY -> row.setup().family().endsWith("t5")
                    ? row.figures().latencyP50Millis()
                    : OptionalDouble.empty();
        };
    }

    /** The modelled value of the same. */
    public double modelled(Measurement row, GenerationPrediction prediction) {
        return switch (this) {
            case TTFT -> 1e3 * prediction.timeToFirstToken();
            case TPOT -> 1e3 * (isOnEdge(row) ? prediction.meanStep().total() : prediction.timePerToken());
            case THROUGHPUT -> prediction.outputTokensPerSecond();
            case LATENCY -> 1e3 * prediction.endToEnd() / prediction.request().outputTokens();
        };
    }

    /** The mean time per token that follows from throughput and time to the first token. */
    private static OptionalDouble meanTimePerToken(Measurement row) {
        Measurement.Figures figures = row.figures();
        OptionalDouble first = firstToken(row);
        if (figures.throughput().isEmpty() || first.isEmpty()) {
            return OptionalDouble.empty();
        }
        double output = row.setup().outputLength().orElseThrow();
        double whole = 1e3 * row.setup().batch().orElseThrow() * output
                / figures.throughput().getAsDouble();
        return OptionalDouble.of((whole - first.getAsDouble()) / (output - 1));
    }

    /**
     * Milliseconds to the first token, else the chart's label in tenths of a second that is too coarse for a figure.
     */
    private static OptionalDouble firstToken(Measurement row) {
        Matcher label = LABEL.matcher(row.origin().notes());
        return row.figures().ttftP50Millis().isPresent() || !label.find()
                ? row.figures().ttftP50Millis()
                : OptionalDouble.of(MILLIS * Double.parseDouble(label.group(1)));
    }

    /** Charts print whole milliseconds: within those, the mean that follows from the throughput says more. */
    private static OptionalDouble refined(Measurement row) {
        OptionalDouble label = row.figures().tpotP50Millis();
        OptionalDouble mean = meanTimePerToken(row);
        boolean isRounded = label.isPresent() && label.getAsDouble() == Math.rint(label.getAsDouble());
        return isRounded && mean.isPresent()
                ? OptionalDouble.of(Math.clamp(
                        mean.getAsDouble(), label.getAsDouble() - ROUNDING, label.getAsDouble() + ROUNDING))
                : label;
    }

    /** Whether the median token is the last of a bucket of twice the one before, so that its time is either's. */
    private static boolean isOnEdge(Measurement row) {
        long output = row.setup().outputLength().orElse(0);
        long median = row.setup().inputLength().orElse(0) + output / 2;
        return output > 1
                && median >= SHORTEST_BUCKET
                && Long.bitCount(median) == 1
                && meanTimePerToken(row).isPresent();
    }
}
