package dev.infermark.validate;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.hardware.Generation;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.SdkVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/**
 * How far predictions miss networks whose family has not been fitted to, by generation of the NeuronCore, maturity of the
 * release and operator mix.
 *
 * @param halfWidths half-widths of 90 % intervals as natural logarithms, by generation
 */
public record Intervals(Map<Generation, Map<Maturity, Map<OperatorMix, Double>>> halfWidths) {
    /** Least half-width: the drift between releases of one compiler generation, which no prediction can foresee. */
    private static final double NOISE_FLOOR = 0.06;

    private static final double COVERAGE = 0.9;

    /** The fewest rows of which a quantile of 90 % bounds nine tenths of the rows to come: ⌈0.9·(n + 1)⌉ ≤ n. */
    private static final int LEAST_ROWS = 9;

    private record Group(Generation generation, Maturity maturity) {}

    /** Copies the maps in the order of their keys. */
    public Intervals {
        Map<Generation, Map<Maturity, Map<OperatorMix, Double>>> copy = new TreeMap<>();
        halfWidths.forEach((generation, ofGeneration) -> {
            Map<Maturity, Map<OperatorMix, Double>> ofMaturity = new TreeMap<>();
            ofGeneration.forEach((maturity, widths) -> ofMaturity.put(maturity, new TreeMap<>(widths)));
            copy.put(generation, ofMaturity);
        });
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
     * the trusted rows stay within, by the finite-sample rule ⌈0.9·(n + 1)⌉-th smallest of n, and no less than the
     * noise. Fewer than nine rows tell no such error: then it is the largest of theirs, and no less than the widest of
     * the same core and maturity.
     */
    public static Intervals of(List<Answer> unseen) {
        Map<Group, Map<OperatorMix, List<Double>>> errors = new HashMap<>();
        for (Answer answer : unseen) {
            OptionalDouble error = error(answer);
            if (error.isPresent() && answer.measurement().origin().isTrusted()) {
                errors.computeIfAbsent(group(answer.subject()), _ -> new EnumMap<>(OperatorMix.class))
                        .computeIfAbsent(dominant(answer.subject().mix()), _ -> new ArrayList<>())
                        .add(error.getAsDouble());
            }
        }
        Map<Generation, Map<Maturity, Map<OperatorMix, Double>>> widths = new TreeMap<>();
        errors.forEach((group, byMix) -> widths.computeIfAbsent(group.generation(), _ -> new TreeMap<>())
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
            Intervals others = of(IntStream.range(0, configurations.size())
                    .filter(other -> other != left)
                    .mapToObj(configurations::get)
                    .flatMap(other -> other.rows().stream())
                    .toList());
            for (Answer answer : configurations.get(own).rows()) {
                OptionalDouble error = error(answer);
                if (error.isPresent() && answer.measurement().origin().isTrusted()) {
                    Interval interval = others.of(answer.subject());
                    covered.add(new Covered(answer, error.getAsDouble() <= interval.halfWidth()));
                }
            }
        }
        return covered;
    }

    /** The interval of predictions of a row. */
    public Interval of(Subject subject) {
        return of(subject.core(), subject.mix(), subject.scenario().deployment().sdk());
    }

    /**
     * The interval of predictions on a core under a release: the widest of those that the network's operators have, or
     * the widest of all of the generation where the core is not the one that was measured.
     *
     * @throws UserError when the generation has none, because nothing was measured on it
     */
    public Interval of(NeuronCore core, Set<OperatorMix> mix, SdkVersion sdk) {
        Map<Maturity, Map<OperatorMix, Double>> ofGeneration = halfWidths.getOrDefault(core.generation(), Map.of());
        Map<OperatorMix, Double> known = core.differsFromOriginal()
                ? Map.of()
                : ofGeneration.getOrDefault(Maturity.of(core.generation(), sdk), Map.of());
        return new Interval(widest(mix.stream().filter(known::containsKey).map(known::get))
                .or(() -> widest(known.values().stream()))
                .or(() -> widest(ofGeneration.values().stream().flatMap(widths -> widths.values().stream())))
                .orElseThrow(() -> new UserError(core.generation()
                        + " has no intervals, for lack of measurements; there are those of " + halfWidths.keySet())));
    }

    /** The intervals as the content of a file. */
    public String json() {
        return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(halfWidths) + "\n";
    }

    private static Intervals parse(String json) {
        Map<Generation, Map<Maturity, Map<OperatorMix, Double>>> widths = JsonMapper.shared()
                .readValue(json, new TypeReference<@Nullable Map<Generation, Map<Maturity, Map<OperatorMix, Double>>>>() {
                });
        if (widths == null || widths.isEmpty() || widths.containsValue(null)) {
            throw new UserError("no intervals of any generation; write the file by infermark calibrate --intervals-out");
        }
        return new Intervals(widths);
    }

    private static OperatorMix dominant(Set<OperatorMix> mix) {
        return mix.stream().max(OperatorMix::compareTo).orElseThrow();
    }

    private static Group group(Subject subject) {
        return new Group(
                subject.core().generation(),
                Maturity.of(subject.core().generation(), subject.scenario().deployment().sdk()));
    }

    private static Map<OperatorMix, Double> widths(Map<OperatorMix, List<Double>> errors) {
        Map<OperatorMix, Double> widths = new EnumMap<>(OperatorMix.class);
        errors.forEach((mix, ofMix) -> {
            if (ofMix.size() >= LEAST_ROWS) {
                widths.put(mix, Math.max(NOISE_FLOOR, quantile(ofMix)));
            }
        });
        double widest = widest(widths.values().stream()).orElse(NOISE_FLOOR);
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
