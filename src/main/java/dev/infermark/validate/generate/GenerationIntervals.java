package dev.infermark.validate.generate;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.json.JsonRecords;
import dev.infermark.lower.shard.Shard;
import dev.infermark.lower.shard.TransformerShape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/**
 * 90 % intervals of text generation, by what is predicted and by library: the error that nine tenths of the trusted
 * rows stay within when their model has not been fitted to.
 *
 * @param halfWidths natural logarithms
 */
public record GenerationIntervals(Map<GenerationQuantity, Map<GenerationRuntime, Double>> halfWidths) {
    private static final String REMEDY = "write the file by infermark calibrate --generation-intervals-out";
    private static final double COVERAGE = 0.9;

    /** Least half-width: twin models differ by a little more than one per cent. */
    private static final double NOISE_FLOOR = 0.02;

    private static final int LEAST_ROWS = 9;

    /** The largest of the rows are Llama 2, 3, 3.1 and 3.3 of 70B; others of their size are counted as measured. */
    private static final double MOST_PARAMETERS = 75e9;

    /** Copies the maps; refuses what is no width. */
    public GenerationIntervals {
        Map<GenerationQuantity, Map<GenerationRuntime, Double>> copy = new TreeMap<>();
        halfWidths.forEach((quantity, widths) -> copy.put(quantity, Interval.checked(widths)));
        halfWidths = copy;
    }

    /** The intervals that come with this release. */
    public static GenerationIntervals builtIn() {
        try (var in = Objects.requireNonNull(
                GenerationIntervals.class.getResourceAsStream("generation-intervals.json"))) {
            return of("the built-in intervals", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The intervals in a file; refuses a broken one. */
    public static GenerationIntervals read(Path file) {
        return of(file.toString(), SafeFiles.read(file));
    }

    /** The intervals of predictions by fits that had not seen the models of the rows. */
    public static GenerationIntervals of(Collection<GenerationAnswer> unseen) {
        Map<GenerationQuantity, Map<GenerationRuntime, Double>> all = new EnumMap<>(GenerationQuantity.class);
        for (GenerationQuantity quantity : GenerationQuantity.values()) {
            Map<GenerationRuntime, List<Double>> errors = unseen.stream()
                    .filter(each -> quantity.published(each.subject().measurement()).isPresent())
                    .filter(each -> !each.subject().scenario().shape().hasExperts())
                    .collect(Collectors.groupingBy(
                            each -> each.subject().scenario().runtime(),
                            Collectors.mapping(each -> error(quantity, each), Collectors.toList())));
            all.put(quantity, widths(errors));
        }
        return new GenerationIntervals(all);
    }

    /** Few rows of a library show no less than what the others' do. */
    private static Map<GenerationRuntime, Double> widths(Map<GenerationRuntime, List<Double>> errors) {
        double widest = errors.values().stream()
                .filter(each -> each.size() >= LEAST_ROWS)
                .mapToDouble(GenerationIntervals::width)
                .max()
                .orElse(NOISE_FLOOR);
        Map<GenerationRuntime, Double> widths = new EnumMap<>(GenerationRuntime.class);
        errors.forEach((runtime, own) ->
                widths.put(runtime, own.size() < LEAST_ROWS ? Math.max(widest, width(own)) : width(own)));
        return widths;
    }

    /** The interval of a quantity of what was asked; of groups that share networks otherwise nothing was measured. */
    public Interval of(GenerationQuantity quantity, Question question) {
        return question.sharing().isMeasured()
                ? of(quantity, question.runtime(), question.shape())
                : Interval.UNMEASURED;
    }

    /**
     * The interval of a quantity under a library; of mixtures of experts too little was measured, of networks larger
     * than {@link #isExtrapolated the largest} nothing.
     */
    public Interval of(GenerationQuantity quantity, GenerationRuntime runtime, TransformerShape shape) {
        return shape.hasExperts() || isExtrapolated(shape) ? Interval.UNMEASURED : of(quantity, runtime);
    }

    /** Whether a network is larger than any whose generation of text was published, which is Llama's of 70B. */
    public static boolean isExtrapolated(TransformerShape shape) {
        return new Shard(shape, 1, GenerationRuntime.NEURONX_DISTRIBUTED.keyValueHeads()).storedParameters()
                > MOST_PARAMETERS;
    }

    private Interval of(GenerationQuantity quantity, GenerationRuntime runtime) {
        Map<GenerationRuntime, Double> widths = halfWidths.getOrDefault(quantity, Map.of());
        return new Interval(widths.getOrDefault(
                runtime, widths.values().stream().max(Double::compare).orElse(Interval.UNMEASURED.halfWidth())));
    }

    /** The share of rows inside intervals that were made without the rows of their own model and size. */
    static double coverage(
            GenerationQuantity quantity, List<GenerationAnswer> rows, List<GenerationAnswer> unseen) {
        Map<Object, List<GenerationAnswer>> groups =
                rows.stream().collect(Collectors.groupingBy(each -> List.of(
                        each.subject().measurement().setup().model(),
                        each.subject().scenario().degree(),
                        each.subject().scenario().request().batch())));
        long inside = 0;
        for (List<GenerationAnswer> group : groups.values()) {
            List<GenerationSubject> own =
                    group.stream().map(GenerationAnswer::subject).toList();
            GenerationIntervals others = of(unseen.stream()
                    .filter(each -> !own.contains(each.subject()))
                    .toList());
            inside += group.stream()
                    .filter(each -> error(quantity, each)
                            <= each.interval(quantity, others).halfWidth())
                    .count();
        }
        return (double) inside / rows.size();
    }

    /** The intervals as the content of a file. */
    public String json() {
        return JsonRecords.write(halfWidths);
    }

    private static GenerationIntervals of(String name, String json) {
        try {
            return new GenerationIntervals(JsonRecords.parse(name, json, new TypeReference<>() {}, REMEDY));
        } catch (UserError e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(name) ? e : new UserError(name + ": " + message + "; " + REMEDY, e);
        }
    }

    private static double error(GenerationQuantity quantity, GenerationAnswer answer) {
        double published =
                quantity.published(answer.subject().measurement()).orElseThrow();
        return Math.abs(
                Math.log(published / quantity.modelled(answer.subject().measurement(), answer.prediction())));
    }

    private static double width(List<Double> errors) {
        List<Double> sorted = errors.stream().sorted().toList();
        int at = Math.min(sorted.size(), (int) Math.ceil(COVERAGE * (sorted.size() + 1))) - 1;
        return Math.max(NOISE_FLOOR, sorted.get(sorted.size() < LEAST_ROWS ? sorted.size() - 1 : at));
    }
}
