package dev.infermark.validate;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far predictions miss networks whose family has not been fitted to, by kind of NeuronCore and operator mix.
 *
 * @param halfWidths half-widths of 90 % intervals as natural logarithms, by the name of the core
 */
public record Intervals(Map<String, Map<OperatorMix, Double>> halfWidths) {
    /** Least half-width: the drift between releases of one compiler generation, which no prediction can foresee. */
    private static final double NOISE_FLOOR = 0.06;

    private static final double COVERAGE = 0.9;

    /** Copies the maps in the order of their keys. */
    public Intervals {
        Map<String, Map<OperatorMix, Double>> copy = new TreeMap<>();
        halfWidths.forEach((core, widths) -> copy.put(core, new TreeMap<>(widths)));
        halfWidths = copy;
    }

    /** The intervals that come with this release. */
    public static Intervals builtIn() {
        try (var in = Objects.requireNonNull(Intervals.class.getResourceAsStream("intervals.json"))) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The intervals in a file that {@code infermark calibrate} wrote; refuses a broken one. */
    public static Intervals read(Path file) {
        try {
            return parse(SafeFiles.read(file));
        } catch (JacksonException e) {
            throw new UserError(file + ": no intervals: " + e.getOriginalMessage()
                    + "; write the file by infermark calibrate --intervals-out", e);
        }
    }

    /**
     * The intervals of predictions by fits that had not seen the families of the rows: the error that nine tenths of
     * the trusted rows of mature releases stay within, by the finite-sample rule ⌈0.9·(n + 1)⌉-th smallest of n, and no
     * less than the noise.
     */
    public static Intervals of(List<Answer> unseen) {
        Map<String, Map<OperatorMix, List<Answer>>> groups = unseen.stream()
                .filter(answer -> answer.measurement().origin().isTrusted())
                .filter(answer -> MeasurementClass.informsIntervals(answer.measurement()))
                .collect(Collectors.groupingBy(
                        answer -> answer.subject().coreName(),
                        Collectors.groupingBy(answer -> dominant(answer.subject().mix()))));
        Map<String, Map<OperatorMix, Double>> widths = new TreeMap<>();
        groups.forEach((core, byMix) -> {
            Map<OperatorMix, Double> widthOf = new TreeMap<>();
            byMix.forEach((mix, answers) -> halfWidth(answers).ifPresent(width -> widthOf.put(mix, width)));
            if (!widthOf.isEmpty()) {
                widths.put(core, widthOf);
            }
        });
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
            Intervals others = of(IntStream.range(0, configurations.size())
                    .filter(other -> other != left)
                    .mapToObj(configurations::get)
                    .flatMap(other -> other.rows().stream())
                    .toList());
            for (Answer answer : configurations.get(own).rows()) {
                OptionalDouble error = error(answer);
                if (error.isPresent() && answer.measurement().origin().isTrusted()) {
                    Interval interval = others.of(answer.subject().coreName(), answer.subject().mix());
                    covered.add(new Covered(answer, error.getAsDouble() <= interval.halfWidth()));
                }
            }
        }
        return covered;
    }

    /**
     * The interval of predictions on a core: the widest of those that the network's operators have.
     *
     * @throws UserError when the core has none, because nothing was measured on it
     */
    public Interval of(String core, Set<OperatorMix> mix) {
        Map<OperatorMix, Double> known = halfWidths.getOrDefault(core, Map.of());
        return new Interval(mix.stream()
                .filter(known::containsKey)
                .mapToDouble(known::get)
                .max()
                .orElseGet(() -> known.values().stream().mapToDouble(Double::doubleValue).max()
                        .orElseThrow(() -> new UserError("core " + core
                                + " has no intervals, for lack of measurements; there are those of "
                                + halfWidths.keySet()))));
    }

    /** The intervals as the content of a file. */
    public String json() {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(halfWidths) + "\n";
    }

    private static Intervals parse(String json) {
        return new Intervals(
                JsonMapper.shared().readValue(json, new TypeReference<Map<String, Map<OperatorMix, Double>>>() {}));
    }

    private static OperatorMix dominant(Set<OperatorMix> mix) {
        return mix.stream().max(OperatorMix::compareTo).orElseThrow();
    }

    private static OptionalDouble halfWidth(List<Answer> answers) {
        double[] errors = answers.stream()
                .map(Intervals::error)
                .flatMapToDouble(OptionalDouble::stream)
                .sorted()
                .toArray();
        if (errors.length == 0) {
            return OptionalDouble.empty();
        }
        int rank = (int) Math.min(errors.length, Math.ceil(COVERAGE * (errors.length + 1)));
        return OptionalDouble.of(Math.max(NOISE_FLOOR, errors[rank - 1]));
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
