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

    /**
     * A chart's time to the first token, which the notes of a row keep, for it is too coarse for a figure: half of a
     * tenth of a second off. It may only tell what moves a time per token by less than the rounding of that one.
     */
    private static final Pattern LABEL = Pattern.compile("\\bTTFT (\\d{1,3}(?:\\.\\d)?) s\\b");

    private static final double LABEL_ROUNDING = 50;

    private static final double MILLIS = 1e3;

    /** Buckets of the context double from here. */
    private static final long SHORTEST_BUCKET = 128;

    /** The name in tables. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The value as it was printed. */
    public OptionalDouble published(GenerationSubject subject) {
        Measurement.Figures figures = subject.measurement().figures();
        return switch (this) {
            case TTFT -> figures.ttftP50Millis();
            case TPOT -> figures.tpotP50Millis();
            case THROUGHPUT -> figures.throughput();
            case LATENCY -> subject.isEncoderDecoder() ? figures.latencyP50Millis() : OptionalDouble.empty();
        };
    }

    /**
     * What the model is fitted to and judged by: the published value, but of times per token one that is derived from
     * the throughput where that says more.
     */
    public OptionalDouble target(GenerationSubject subject) {
        if (this != TPOT) {
            return published(subject);
        }
        Measurement row = subject.measurement();
        return isOnEdge(row) ? meanTimePerToken(row) : refined(row);
    }

    /** The modelled value beside the target. */
    public double modelled(GenerationSubject subject, GenerationPrediction prediction) {
        return this == TPOT && isOnEdge(subject.measurement())
                ? MILLIS * prediction.meanStep().total()
                : modelledAsPublished(prediction);
    }

    /** The modelled value beside the published one. */
    public double modelledAsPublished(GenerationPrediction prediction) {
        return switch (this) {
            case TTFT -> MILLIS * prediction.timeToFirstToken();
            case TPOT -> MILLIS * prediction.timePerToken();
            case THROUGHPUT -> prediction.outputTokensPerSecond();
            case LATENCY -> MILLIS * prediction.endToEnd() / prediction.request().outputTokens();
        };
    }

    /** The mean time per token that follows from throughput and time to the first token; none of a single token. */
    private static OptionalDouble meanTimePerToken(Measurement row) {
        Measurement.Figures figures = row.figures();
        long output = row.setup().outputLength().orElse(0);
        OptionalDouble first = firstToken(row, output - 1);
        if (output < 2 || figures.throughput().isEmpty() || first.isEmpty()) {
            return OptionalDouble.empty();
        }
        double whole = MILLIS * row.setup().batch().orElseThrow() * output
                / figures.throughput().getAsDouble();
        return OptionalDouble.of((whole - first.getAsDouble()) / (output - 1));
    }

    /** Milliseconds to the first token, else by the label where further tokens are enough for its rounding. */
    private static OptionalDouble firstToken(Measurement row, long furtherTokens) {
        OptionalDouble figure = row.figures().ttftP50Millis();
        Matcher label = LABEL.matcher(row.origin().notes());
        return figure.isPresent() || LABEL_ROUNDING >= ROUNDING * furtherTokens || !label.find()
                ? figure
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
