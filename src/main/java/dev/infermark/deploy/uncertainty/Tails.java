package dev.infermark.deploy.uncertainty;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.hardware.Generation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * The 99th percentile of a call over its median where no queue stands, by what was published: medians of classes.
 *
 * @param classes the classes, each with what its rows had
 */
public record Tails(List<Ratio> classes) {

    /**
     * What a deployment has in common with measurements whose spread is known.
     *
     * @param generation of the core
     * @param mix what the network consists of, the operator mix that weighs most
     * @param maturity of the release
     * @param contention of the host's CPUs
     */
    public record Key(Generation generation, OperatorMix mix, Maturity maturity, Contention contention) {

        /** The class of a deployed network; the tails of decoders are those of encoders. */
        public static Key of(Network network, Deployment deployment) {
            Generation generation = deployment.instance().chip().core().generation();
            return new Key(
                    generation,
                    network.mix().stream()
                            .filter(mix -> mix != OperatorMix.CAUSAL_ATTENTION)
                            .max(Comparator.naturalOrder())
                            .orElseThrow(),
                    Maturity.of(generation, deployment.sdk()),
                    Contention.of(deployment));
        }
    }

    /**
     * A class of measurements.
     *
     * @param key what they have in common
     * @param rows how many there are
     * @param p99OverP50 the median of their ratios
     */
    public record Ratio(Key key, int rows, double p99OverP50) {}

    /** Fewer rows than these tell nothing by themselves. */
    private static final int LEAST_ROWS = 4;

    /** Copies the list; refuses ratios below one. */
    public Tails {
        classes = List.copyOf(classes);
        for (Ratio ratio : classes) {
            if (!(ratio.p99OverP50() >= 1 && ratio.p99OverP50() < Double.POSITIVE_INFINITY)) {
                throw new UserError("class " + ratio.key() + " has a 99th percentile of " + ratio.p99OverP50()
                        + " medians; it must be 1 or more");
            }
        }
    }

    /** The ratios that come with this release. */
    public static Tails builtIn() {
        try (InputStream in = Objects.requireNonNull(Tails.class.getResourceAsStream("tails.json"))) {
            return new Tails(Arrays.asList(JsonMapper.shared().readValue(in, Ratio[].class)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The ratios as the content of a file. */
    public String json() {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(classes) + "\n";
    }

    /**
     * The ratio of a class; where too few rows are of it, that of the nearest classes together: of any maturity, then
     * of any operators, then of the generation.
     */
    public double p99OverP50(Key key) {
        return Stream.<Predicate<Key>>of(
                        other -> other.equals(key),
                        other -> other.generation() == key.generation()
                                && other.mix() == key.mix()
                                && other.contention() == key.contention(),
                        other -> other.generation() == key.generation() && other.contention() == key.contention(),
                        other -> other.generation() == key.generation())
                .map(this::together)
                .filter(Predicate.not(List::isEmpty))
                .findFirst()
                .map(Tails::weightedMedian)
                .orElseThrow(() -> new UserError("no tails were published for " + key.generation()));
    }

    /** The classes that a condition holds for, or none where they have too few rows. */
    private List<Ratio> together(Predicate<Key> isNear) {
        List<Ratio> near =
                classes.stream().filter(ratio -> isNear.test(ratio.key())).toList();
        return near.stream().mapToInt(Ratio::rows).sum() >= LEAST_ROWS ? near : List.of();
    }

    private static double weightedMedian(List<Ratio> ratios) {
        List<Ratio> sorted =
                ratios.stream().sorted(Comparator.comparingDouble(Ratio::p99OverP50)).toList();
        int half = sorted.stream().mapToInt(Ratio::rows).sum() / 2;
        int seen = 0;
        for (Ratio ratio : sorted) {
            seen += ratio.rows();
            if (seen > half) {
                return ratio.p99OverP50();
            }
        }
        return sorted.getLast().p99OverP50();
    }
}
