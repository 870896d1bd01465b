package dev.infermark.validate.generate;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.deploy.generate.WeightStorage;
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
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import tools.jackson.core.type.TypeReference;

/**
 * 90 % intervals of text generation by errors on trusted rows whose model has not been fitted to. Of a network that was
 * measured, by library: what nine tenths of the rows stay within. Of any other, what nine tenths of the rows of nine
 * tenths of the models stay within, in whatever library. Where nothing like it was measured, a guess: encoder-decoders,
 * mixtures of experts, weights other than BF16, libraries of fewer than nine rows, networks beyond all that were.
 *
 * @param halfWidths natural logarithms, of networks that were measured
 * @param unseen natural logarithms, of networks that were not
 * @param networks those that were, by their parameters, so that equal networks have equal intervals
 */
public record GenerationIntervals(
        Map<GenerationQuantity, Map<GenerationRuntime, Double>> halfWidths,
        Map<GenerationQuantity, Double> unseen,
        Map<GenerationRuntime, Set<Long>> networks) {
    private static final String REMEDY = "write the file by infermark calibrate --generation-intervals-out";
    private static final TypeReference<GenerationIntervals> TYPE = new TypeReference<>() {};
    private static final double COVERAGE = 0.9;

    /** Least half-width: twin models differ by a little more than one per cent. */
    private static final double NOISE_FLOOR = 0.02;

    private static final int LEAST_ROWS = 9;

    /** The largest of the rows are Llama 2, 3, 3.1 and 3.3 of 70B; others of their size are counted as measured. */
    private static final double MOST_PARAMETERS = 75e9;

    private record Group(String model, GenerationRuntime runtime) {}

    /** Copies the maps; refuses what is no width. */
    public GenerationIntervals {
        Map<GenerationQuantity, Map<GenerationRuntime, Double>> copy = new TreeMap<>();
        halfWidths.forEach((quantity, widths) -> copy.put(quantity, Interval.checked(widths)));
        halfWidths = copy;
        unseen = Interval.checked(unseen);
        networks = new TreeMap<>(networks);
    }

    /** The intervals that come with this release. */
    public static GenerationIntervals builtIn() {
        return BuiltIn.INTERVALS;
    }

    /** Read once. */
    private static final class BuiltIn {
        private static final GenerationIntervals INTERVALS = read();
    }

    private static GenerationIntervals read() {
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
    public static GenerationIntervals of(Collection<GenerationAnswer> answers) {
        List<GenerationAnswer> alike = answers.stream()
                .filter(each -> isAlike(each.subject().scenario().shape()))
                .toList();
        Map<GenerationQuantity, Map<GenerationRuntime, Double>> widths = new EnumMap<>(GenerationQuantity.class);
        Map<GenerationQuantity, Double> unseen = new EnumMap<>(GenerationQuantity.class);
        for (GenerationQuantity quantity : GenerationQuantity.values()) {
            Map<GenerationRuntime, List<Double>> libraries =
                    errors(quantity, alike, each -> each.subject().scenario().runtime());
            libraries.values().removeIf(each -> each.size() < LEAST_ROWS);
            if (!libraries.isEmpty()) {
                widths.put(quantity, widths(libraries));
                unseen.put(quantity, width(widths(errors(quantity, alike, GenerationIntervals::group)).values()));
            }
        }
        return new GenerationIntervals(
                widths,
                unseen,
                alike.stream().collect(Collectors.groupingBy(
                        each -> each.subject().scenario().runtime(),
                        Collectors.mapping(
                                each -> parameters(each.subject().scenario().shape()),
                                Collectors.toCollection(TreeSet::new)))));
    }

    private static <K> Map<K, List<Double>> errors(
            GenerationQuantity quantity, List<GenerationAnswer> answers, Function<GenerationAnswer, K> key) {
        return answers.stream()
                .filter(each -> quantity.target(each.subject()).isPresent())
                .collect(Collectors.groupingBy(
                        key, Collectors.mapping(each -> error(quantity, each), Collectors.toList())));
    }

    private static <K> Map<K, Double> widths(Map<K, List<Double>> errors) {
        return errors.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, each -> width(each.getValue())));
    }

    private static Group group(GenerationAnswer answer) {
        return new Group(
                answer.subject().measurement().setup().model(),
                answer.subject().scenario().runtime());
    }

    /** The interval of a quantity of what was asked; of groups that share networks otherwise nothing was measured. */
    public Interval of(GenerationQuantity quantity, Question question) {
        return question.sharing().isMeasured()
                ? of(quantity, question.runtime(), question.storage(), question.shape())
                : Interval.UNMEASURED;
    }

    /** The interval of a quantity under a library; a guess where nothing like the network was measured. */
    public Interval of(
            GenerationQuantity quantity, GenerationRuntime runtime, WeightStorage storage, TransformerShape shape) {
        Double width = halfWidths.getOrDefault(quantity, Map.of()).get(runtime);
        if (width == null || storage != WeightStorage.BF16 || !isAlike(shape)) {
            return Interval.UNMEASURED;
        }
        boolean isMeasured = networks.getOrDefault(runtime, Set.of()).contains(parameters(shape));
        return new Interval(isMeasured ? width : Math.max(width, unseen.getOrDefault(quantity, width)));
    }

    /** Whether measurements of text generation tell something of a network: one of decoders alone, without experts. */
    private static boolean isAlike(TransformerShape shape) {
        return !shape.hasEncoder() && !shape.hasExperts() && !isExtrapolated(shape);
    }

    /** Whether a network is larger than any whose generation of text was published, which is Llama's of 70B. */
    public static boolean isExtrapolated(TransformerShape shape) {
        return parameters(shape) > MOST_PARAMETERS;
    }

    private static long parameters(TransformerShape shape) {
        return new Shard(shape, 1, GenerationRuntime.NEURONX_DISTRIBUTED.keyValueHeads()).storedParameters();
    }

    /**
     * The share of rows inside intervals that were made without the rows of their own model and size; none where those
     * are guesses.
     */
    static OptionalDouble coverage(
            GenerationQuantity quantity, List<GenerationAnswer> rows, List<GenerationAnswer> unseen) {
        Map<Object, List<GenerationAnswer>> groups =
                rows.stream().collect(Collectors.groupingBy(each -> List.of(
                        each.subject().measurement().setup().model(),
                        each.subject().scenario().degree(),
                        each.subject().scenario().request().batch())));
        long inside = 0;
        long measured = 0;
        for (List<GenerationAnswer> group : groups.values()) {
            List<GenerationSubject> own =
                    group.stream().map(GenerationAnswer::subject).toList();
            GenerationIntervals others = of(unseen.stream()
                    .filter(each -> !own.contains(each.subject()))
                    .toList());
            for (GenerationAnswer each : group) {
                Interval interval = each.interval(quantity, others);
                if (interval.isMeasured()) {
                    measured++;
                    inside += error(quantity, each) <= interval.halfWidth() ? 1 : 0;
                }
            }
        }
        return measured == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) inside / measured);
    }

    /** The intervals as the content of a file. */
    public String json() {
        return JsonRecords.write(this);
    }

    private static GenerationIntervals of(String name, String json) {
        try {
            return JsonRecords.parse(name, json, TYPE, REMEDY);
        } catch (UserError e) {
            String message = String.valueOf(e.getMessage());
            throw message.startsWith(name) ? e : new UserError(name + ": " + message + "; " + REMEDY, e);
        }
    }

    private static double error(GenerationQuantity quantity, GenerationAnswer answer) {
        double target = quantity.target(answer.subject()).orElseThrow();
        return Math.abs(Math.log(target / quantity.modelled(answer.subject(), answer.prediction())));
    }

    private static double width(Collection<Double> errors) {
        List<Double> sorted = errors.stream().sorted().toList();
        int at = Math.min(sorted.size(), (int) Math.ceil(COVERAGE * (sorted.size() + 1))) - 1;
        return Math.max(NOISE_FLOOR, sorted.get(sorted.size() < LEAST_ROWS ? sorted.size() - 1 : at));
    }
}
