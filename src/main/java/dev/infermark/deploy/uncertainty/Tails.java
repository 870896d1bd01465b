package dev.infermark.deploy.uncertainty;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Prediction;
import dev.infermark.hardware.Generation;
import dev.infermark.json.JsonRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.stream.Stream;
import tools.jackson.core.type.TypeReference;

/**
 * The 99th percentile of a call over its median where no queue stands. Cores take the same time for every call; what
 * differs is the host. So the 99th percentile exceeds the median by a share of the host's exposed time, and by a time
 * that is the same for all calls.
 *
 * @param classes the classes, each with what its rows had
 */
public record Tails(List<Spread> classes) {

    /**
     * What a deployment has in common with measurements whose spread is known.
     *
     * @param generation of the core
     * @param maturity of the release
     * @param contention of the host's CPUs
     * @param overlap of the host's work with the core's
     */
    public record Key(Generation generation, Maturity maturity, Contention contention, Overlap overlap) {

        /** The class of a deployment. */
        public static Key of(Deployment deployment) {
            Generation generation = deployment.instance().chip().core().generation();
            return new Key(
                    generation,
                    Maturity.of(generation, deployment.sdk()),
                    Contention.of(deployment),
                    deployment.workersPerCopy() == 1 ? Overlap.NONE : Overlap.OTHER_CALLS);
        }
    }

    /** What a core does while the host works for a call. */
    public enum Overlap {
        /** Nothing: one client waits for its call. */
        NONE,
        /** Another client's call, which hides most of the host's time. */
        OTHER_CALLS
    }

    /**
     * A class of measurements.
     *
     * @param key what they have in common
     * @param rows how many there are
     * @param hostShare share of the host's time by which the 99th percentile exceeds the median
     * @param seconds time by which it does beside that
     * @param p99OverP50 the median of their ratios
     */
    public record Spread(Key key, int rows, double hostShare, double seconds, double p99OverP50) {
        private static final double MOST = 1e6;

        /** Refuses numbers that cannot be. */
        public Spread {
            JsonRecords.require("hostShare", hostShare, 0, MOST);
            JsonRecords.require("seconds", seconds, 0, MOST);
            JsonRecords.require("p99OverP50", p99OverP50, 1, MOST);
        }

        private double p99OverP50(Prediction prediction) {
            return 1 + (hostShare * prediction.hostSeconds() + seconds) / prediction.latencySeconds();
        }
    }

    /** Fewer rows than these tell nothing by themselves. */
    public static final int LEAST_ROWS = 4;

    /** Copies the list. */
    public Tails {
        classes = List.copyOf(classes);
    }

    /** The spreads that come with this release. */
    public static Tails builtIn() {
        try (var in = Objects.requireNonNull(Tails.class.getResourceAsStream("tails.json"))) {
            return new Tails(JsonRecords.parse(
                    "tails.json",
                    new String(in.readAllBytes(), StandardCharsets.UTF_8),
                    new TypeReference<>() {},
                    "write it by infermark tails --out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The spreads as the content of a file. */
    public String json() {
        return JsonRecords.write(classes);
    }

    /**
     * The ratio of a prediction by the spread of its class; where too few rows are of that, the median ratio of the
     * nearest classes together: those of the generation and contention, then of the generation.
     */
    public double p99OverP50(Prediction prediction) {
        Key key = Key.of(prediction.deployment());
        return classes.stream()
                .filter(spread -> spread.key().equals(key) && spread.rows() >= LEAST_ROWS)
                .findFirst()
                .map(spread -> spread.p99OverP50(prediction))
                .orElseGet(() -> ratioNear(key));
    }

    private double ratioNear(Key key) {
        return Stream.<Predicate<Key>>of(
                        other -> other.generation() == key.generation() && other.contention() == key.contention(),
                        other -> other.generation() == key.generation())
                .map(this::together)
                .filter(Predicate.not(List::isEmpty))
                .findFirst()
                .map(Tails::weightedMedian)
                .orElseThrow(() -> new UserError("no tails were published for " + key.generation()));
    }

    /** The classes that a condition holds for, or none where they have too few rows. */
    private List<Spread> together(Predicate<Key> isNear) {
        List<Spread> near =
                classes.stream().filter(spread -> isNear.test(spread.key())).toList();
        return near.stream().mapToInt(Spread::rows).sum() >= LEAST_ROWS ? near : List.of();
    }

    private static double weightedMedian(List<Spread> spreads) {
        List<Spread> sorted =
                spreads.stream().sorted(Comparator.comparingDouble(Spread::p99OverP50)).toList();
        int half = sorted.stream().mapToInt(Spread::rows).sum() / 2;
        int seen = 0;
        for (Spread spread : sorted) {
            seen += spread.rows();
            if (seen > half) {
                return spread.p99OverP50();
            }
        }
        return sorted.getLast().p99OverP50();
    }
}
