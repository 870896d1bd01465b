package dev.infermark.validate.generate;

import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.scenario.Errors;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * How well text generation is predicted: errors on medians per configuration, each model predicted by a fit that has
 * not seen it, beside what is to be reached.
 *
 * @param lines one per class and protocol
 * @param unseen the predictions behind them
 */
public record GenerationAccuracy(List<Line> lines, List<GenerationAnswer> unseen) {

    /** What the fit had seen. */
    public enum Protocol {
        /** All rows but those of the model. */
        MODEL_LEFT_OUT("model left out"),
        /** All rows. */
        ALL_FITTED("all models fitted"),
        /** All rows, as without the only model that tells a parameter nothing would be left to fit it to. */
        FITTED_ONLY("fitted only");

        private final String label;

        Protocol(String label) {
            this.label = label;
        }

        /** The name in tables. */
        public String label() {
            return label;
        }
    }

    /** What modelled times are compared with. */
    private enum Beside {
        PUBLISHED,
        TARGET;

        OptionalDouble published(GenerationQuantity quantity, GenerationAnswer answer) {
            return this == PUBLISHED ? quantity.published(answer.subject()) : quantity.target(answer.subject());
        }

        double modelled(GenerationQuantity quantity, GenerationAnswer answer) {
            return this == PUBLISHED
                    ? quantity.modelledAsPublished(answer.prediction())
                    : quantity.modelled(answer.subject(), answer.prediction());
        }
    }

    /**
     * A line of the table.
     *
     * @param title the class
     * @param protocol what the fit had seen
     * @param errors the errors
     * @param coverage share of the rows inside their 90 % intervals, where they have some
     * @param meanGoalPercent largest mean error in per cent
     * @param worstGoalPercent largest single error in per cent, where one is set
     */
    public record Line(
            String title,
            Protocol protocol,
            Errors errors,
            OptionalDouble coverage,
            double meanGoalPercent,
            OptionalDouble worstGoalPercent) {

        /** Whether the goals are reached. */
        public boolean isMet() {
            return 100 * errors.mean() <= meanGoalPercent
                    && 100 * errors.worst() <= worstGoalPercent.orElse(Double.MAX_VALUE);
        }
    }

    private record Kind(
            String title, Beside beside, GenerationQuantity quantity, Predicate<GenerationSubject> isOf, double mean,
            double worst) {
        Kind(String title, GenerationQuantity quantity, Predicate<GenerationSubject> isOf, double mean, double worst) {
            this(title, Beside.TARGET, quantity, isOf, mean, worst);
        }

        private OptionalDouble published(GenerationAnswer answer) {
            return beside.published(quantity, answer);
        }

        /** The time of a whole request alone tells the loop of encoder-decoders, and no row of a decoder has it. */
        private boolean canLeaveOut(List<GenerationAnswer> answers) {
            return quantity != GenerationQuantity.LATENCY
                    || answers.stream()
                                    .filter(each -> published(each).isPresent())
                                    .map(each -> each.subject().measurement().setup().model())
                                    .distinct()
                                    .count()
                            > 1;
        }
    }

    private static final List<Kind> KINDS = List.of(
            new Kind("TPOT, AWS's tables", GenerationQuantity.TPOT, GenerationAccuracy::isOfAws, 2.5, 8),
            new Kind("TPOT, all", GenerationQuantity.TPOT, _ -> true, 5, 16),
            new Kind("TPOT, all, as printed", Beside.PUBLISHED, GenerationQuantity.TPOT, _ -> true, 5, 16),
            new Kind("TTFT, dense", GenerationQuantity.TTFT, each -> !each.hasOddFirstToken() && isDense(each), 9, 30),
            new Kind(
                    "output tokens/s, dense",
                    GenerationQuantity.THROUGHPUT,
                    each -> !each.isEncoderDecoder() && isDense(each),
                    6,
                    Double.NaN),
            new Kind("TPOT, mixtures of experts", GenerationQuantity.TPOT, each -> !isDense(each), 5, 16),
            new Kind("TTFT, mixtures of experts", GenerationQuantity.TTFT, each -> !isDense(each), 9, 30),
            new Kind("T5, per token", GenerationQuantity.LATENCY, each -> true, 8, Double.NaN));

    /** Copies the lists. */
    public GenerationAccuracy {
        lines = List.copyOf(lines);
        unseen = List.copyOf(unseen);
    }

    /** Measures the accuracy on these rows. */
    public static GenerationAccuracy measure(
            List<GenerationSubject> subjects,
            Calibrations calibrations,
            GenerationCalibration fitted,
            Consumer<String> progress) {
        List<GenerationSubject> trusted =
                subjects.stream().filter(GenerationSubject::isTrusted).toList();
        List<GenerationAnswer> unseen = GenerationAnswer.leavingModelsOut(trusted, calibrations, progress);
        List<GenerationAnswer> seen = GenerationAnswer.of(trusted, calibrations, fitted);
        List<Line> lines = new ArrayList<>();
        for (Kind kind : KINDS) {
            boolean canLeaveOut = kind.canLeaveOut(seen);
            if (canLeaveOut) {
                line(kind, Protocol.MODEL_LEFT_OUT, unseen, unseen).ifPresent(lines::add);
            }
            line(kind, canLeaveOut ? Protocol.ALL_FITTED : Protocol.FITTED_ONLY, seen, unseen).ifPresent(lines::add);
        }
        return new GenerationAccuracy(lines, unseen);
    }

    private static Optional<Line> line(
            Kind kind, Protocol protocol, List<GenerationAnswer> answers, List<GenerationAnswer> unseen) {
        Map<GenerationScenario, List<GenerationAnswer>> configurations = answers.stream()
                .filter(each -> kind.isOf().test(each.subject()))
                .filter(each -> kind.published(each).isPresent())
                .collect(Collectors.groupingBy(
                        each -> each.subject().scenario().ofAnyRelease(), LinkedHashMap::new, Collectors.toList()));
        if (configurations.isEmpty()) {
            return Optional.empty();
        }
        List<Errors.Pair> pairs = configurations.values().stream()
                .map(rows -> new Errors.Pair(
                        median(rows, each -> kind.published(each).orElseThrow()),
                        median(rows, each -> kind.beside().modelled(kind.quantity(), each))))
                .toList();
        return Optional.of(new Line(
                kind.title(),
                protocol,
                Errors.of(pairs),
                kind.beside() == Beside.PUBLISHED
                        ? OptionalDouble.empty()
                        : GenerationIntervals.coverage(
                                kind.quantity(),
                                configurations.values().stream().flatMap(List::stream).toList(),
                                unseen),
                kind.mean(),
                Double.isNaN(kind.worst()) ? OptionalDouble.empty() : OptionalDouble.of(kind.worst())));
    }

    private static double median(
            List<GenerationAnswer> rows, ToDoubleFunction<GenerationAnswer> value) {
        double[] sorted = rows.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    private static boolean isOfAws(GenerationSubject subject) {
        return subject.scenario().runtime() == GenerationRuntime.TRANSFORMERS_NEURONX;
    }

    private static boolean isDense(GenerationSubject subject) {
        return !subject.scenario().shape().hasExperts();
    }
}
