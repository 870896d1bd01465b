package dev.infermark.validate.accuracy;

import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.deploy.uncertainty.Intervals;
import dev.infermark.deploy.uncertainty.Maturity;
import dev.infermark.deploy.uncertainty.OperatorMix;
import dev.infermark.hardware.Generation;
import dev.infermark.validate.measurement.Quantity;
import dev.infermark.validate.scenario.Answer;
import dev.infermark.validate.scenario.Configuration;
import dev.infermark.validate.scenario.Subject;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The errors of predictions by fits that had not seen the rows' families, and the intervals that cover them. */
public final class UnseenErrors {
    /** Least half-width: the drift between releases of one compiler generation, which no prediction can foresee. */
    private static final double NOISE_FLOOR = 0.06;

    private static final double COVERAGE = 0.9;

    /** The fewest rows of which a quantile of 90 % bounds nine tenths of the rows to come: ⌈0.9·(n + 1)⌉ ≤ n. */
    private static final int LEAST_ROWS = 9;

    private record Group(Generation generation, String chip, Maturity maturity) {}

    private UnseenErrors() {}

    /**
     * The intervals of predictions by fits that had not seen the families of the rows: the error that nine tenths of
     * the trusted rows stay within, by the finite-sample rule ⌈0.9·(n + 1)⌉-th smallest of n, and no less than the
     * noise. Fewer than nine rows tell no such error: then it is the largest of theirs, and no less than the widest of
     * the same chip and maturity.
     */
    public static Intervals intervals(List<Answer> unseen) {
        Map<Group, Map<OperatorMix, List<Double>>> errors = new HashMap<>();
        for (Answer answer : unseen) {
            OptionalDouble error = error(answer);
            if (error.isPresent() && answer.measurement().origin().isTrusted()) {
                errors.computeIfAbsent(group(answer.subject()), _ -> new EnumMap<>(OperatorMix.class))
                        .computeIfAbsent(dominant(answer.subject().network().mix()), _ -> new ArrayList<>())
                        .add(error.getAsDouble());
            }
        }
        Map<Generation, Map<String, Map<Maturity, Map<OperatorMix, Double>>>> widths = new TreeMap<>();
        errors.forEach((group, byMix) -> widths.computeIfAbsent(group.generation(), _ -> new TreeMap<>())
                .computeIfAbsent(group.chip(), _ -> new TreeMap<>())
                .put(group.maturity(), widths(byMix)));
        return new Intervals(widths);
    }

    /**
     * A trusted row and whether it lies inside an interval that was made without its own configuration.
     *
     * @param answer the row
     * @param isInside whether it does
     */
    public record Covered(Answer answer, boolean isInside) {}

    /**
     * Examines the intervals: each row by those of all other configurations.
     *
     * @param unseen predictions by fits that had not seen the rows' families
     */
    public static List<Covered> examine(List<Answer> unseen) {
        List<Configuration> configurations = Configuration.of(unseen);
        List<Covered> covered = new ArrayList<>();
        for (int own = 0; own < configurations.size(); own++) {
            int left = own;
            Intervals others = intervals(IntStream.range(0, configurations.size())
                    .filter(other -> other != left)
                    .mapToObj(configurations::get)
                    .flatMap(other -> other.rows().stream())
                    .toList());
            for (Answer answer : configurations.get(own).rows()) {
                OptionalDouble error = error(answer);
                if (error.isPresent() && answer.measurement().origin().isTrusted()) {
                    Interval interval = answer.subject().interval(others);
                    covered.add(new Covered(answer, error.getAsDouble() <= interval.halfWidth()));
                }
            }
        }
        return covered;
    }

    private static OperatorMix dominant(Set<OperatorMix> mix) {
        return mix.stream().max(OperatorMix::compareTo).orElseThrow();
    }

    private static Group group(Subject subject) {
        return new Group(
                subject.core().generation(),
                subject.chip().name(),
                Maturity.of(subject.core().generation(), subject.scenario().deployment().sdk()));
    }

    private static Map<OperatorMix, Double> widths(Map<OperatorMix, List<Double>> errors) {
        Map<OperatorMix, Double> widths = new EnumMap<>(OperatorMix.class);
        errors.forEach((mix, ofMix) -> {
            if (ofMix.size() >= LEAST_ROWS) {
                widths.put(mix, Math.max(NOISE_FLOOR, quantile(ofMix)));
            }
        });
        // Decoders by early releases err by what those releases differ among themselves; that says nothing of others.
        double widest = widest(widths.entrySet().stream()
                        .filter(entry -> entry.getKey() != OperatorMix.CAUSAL_ATTENTION)
                        .map(Map.Entry::getValue))
                .orElse(NOISE_FLOOR);
        errors.forEach((mix, ofMix) -> widths.putIfAbsent(mix, Math.max(widest, Collections.max(ofMix))));
        return widths;
    }

    private static double quantile(List<Double> errors) {
        return errors.stream()
                .sorted()
                .toList()
                .get((int) Math.ceil(COVERAGE * (errors.size() + 1)) - 1);
    }

    private static Optional<Double> widest(Stream<Double> widths) {
        return widths.max(Comparator.naturalOrder());
    }

    /** The size of the logarithm of published over modelled latency, or throughput where a row has only that. */
    private static OptionalDouble error(Answer answer) {
        return Arrays.stream(Quantity.values())
                .filter(quantity -> quantity.published(answer.measurement()).isPresent())
                .mapToDouble(quantity -> Math.abs(Math.log(quantity.published(answer.measurement()).getAsDouble()
                        / quantity.modelled(answer.prediction()))))
                .findFirst();
    }
}
