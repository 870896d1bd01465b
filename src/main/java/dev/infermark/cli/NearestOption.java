package dev.infermark.cli;

import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Quote;
import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.SdkVersion;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.nearest.NearestMeasurements;
import dev.infermark.validate.nearest.Neighbour;
import dev.infermark.validate.nearest.Wanted;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.Option;

/** Asks for the measurement that is nearest to each prediction. */
final class NearestOption {
    @Option(
            names = "--nearest",
            description = "Name the nearest published measurement, published and modelled, and whether each input lies "
                    + "among the measured ones; in files as further columns (a single prediction for people has it "
                    + "anyway).")
    private boolean isAsked;

    private static final Pattern TOKENS = Pattern.compile("\\S+ int\\d+\\[\\d+x(\\d+)]");

    /** What a prediction is of; a sequence has as many tokens as its first input of two dimensions. */
    static Wanted wanted(Quote quote) {
        Deployment deployment = quote.prediction().deployment();
        return new Wanted(
                quote.prediction().model(),
                deployment.instance(),
                deployment.coresPerCopy(),
                quote.prediction().batch(),
                quote.network().inputs().stream()
                        .map(TOKENS::matcher)
                        .filter(Matcher::matches)
                        .mapToLong(input -> Long.parseLong(input.group(1)))
                        .findFirst(),
                asked(deployment.sdk()));
    }

    /** What a prediction of text generation is of. */
    static Wanted wanted(GenerationQuote quote, SdkVersion release) {
        return new Wanted(
                quote.modelName(),
                quote.question().instance(),
                quote.question().degree(),
                quote.question().request().batch(),
                OptionalLong.of(quote.question().request().inputTokens()),
                asked(release));
    }

    private static Optional<SdkVersion> asked(SdkVersion sdk) {
        return sdk.equals(SdkVersion.NEWEST) ? Optional.empty() : Optional.of(sdk);
    }

    /** Whether files get the columns. */
    boolean isAsked() {
        return isAsked;
    }

    /** The neighbours; the table of measurements is read here, so that no other prediction waits for it. */
    List<Optional<Neighbour>> of(List<Wanted> wanted, Catalog catalog, Calibrations calibrations) {
        NearestMeasurements measurements = new NearestMeasurements();
        return wanted.stream()
                .map(each -> measurements.of(each).map(nearest -> Neighbour.of(nearest, catalog, calibrations)))
                .toList();
    }
}
