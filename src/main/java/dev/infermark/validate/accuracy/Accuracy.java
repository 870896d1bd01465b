package dev.infermark.validate.accuracy;

import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.OperatorMix;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.SdkVersion;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.blog.HeldOutBlog;
import dev.infermark.validate.calibrate.Parameters;
import dev.infermark.validate.device.DeviceErrors;
import dev.infermark.validate.device.DeviceProfiles;
import dev.infermark.validate.measurement.MeasurementClass;
import dev.infermark.validate.measurement.MeasurementFile;
import dev.infermark.validate.measurement.Quantity;
import dev.infermark.validate.scenario.Answer;
import dev.infermark.validate.scenario.Configuration;
import dev.infermark.validate.scenario.Errors;
import dev.infermark.validate.scenario.Subject;
import dev.infermark.validate.scenario.Subjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * How well the model does what it is for: errors by class on medians per configuration, each family predicted by a fit
 * that has not seen it, beside what is to be reached.
 *
 * @param lines one per class and quantity
 * @param unseen the predictions behind them
 */
public record Accuracy(List<Line> lines, List<Answer> unseen) {

    /**
     * A line of the table.
     *
     * @param name the class
     * @param protocol what the fit had seen
     * @param quantity latency or throughput; of profiles, device time or bytes read
     * @param errors the errors
     * @param coverage share of the rows inside their 90 % intervals, where it is asked for
     * @param noise mean distance of published rows from the median of their configuration, where several were published
     * @param goal what is to be reached
     */
    public record Line(
            String name,
            String protocol,
            String quantity,
            Errors errors,
            OptionalDouble coverage,
            OptionalDouble noise,
            Goal goal) {}

    /**
     * What is to be reached, each where it is set.
     *
     * @param meanPercent largest mean error in per cent
     * @param worstPercent largest single error in per cent
     * @param spearman least rank correlation
     */
    public record Goal(OptionalDouble meanPercent, OptionalDouble worstPercent, OptionalDouble spearman) {
        static Goal none() {
            return new Goal(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.empty());
        }

        static Goal errors(double mean, double worst) {
            return new Goal(OptionalDouble.of(mean), OptionalDouble.of(worst), OptionalDouble.empty());
        }

        static Goal spearman(double least) {
            return new Goal(OptionalDouble.empty(), OptionalDouble.empty(), OptionalDouble.of(least));
        }

        static Goal of(MeasurementClass kind) {
            return new Goal(kind.meanGoalPercent(), kind.worstGoalPercent(), OptionalDouble.empty());
        }

        /** Whether errors reach it; empty where nothing is set. */
        public Optional<Boolean> isMetBy(Errors errors) {
            if (meanPercent.isEmpty() && worstPercent.isEmpty() && spearman.isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(100 * errors.mean() <= meanPercent.orElse(Double.MAX_VALUE)
                    && 100 * errors.worst() <= worstPercent.orElse(Double.MAX_VALUE)
                    && errors.spearman() >= spearman.orElse(-1));
        }
    }

    /** Copies the lists. */
    public Accuracy {
        lines = List.copyOf(lines);
        unseen = List.copyOf(unseen);
    }

    private static final String LEAVE_OUT = "family left out";
    private static final String FITTED = "all families fitted";
    private static final String HELD_OUT = "held-out";
    private static final double BLOG_MEAN = 14;
    private static final double BLOG_WORST = 33;
    private static final double BLOG_BERT_MEAN = 8;
    private static final double SPEARMAN = 0.99;
    private static final String EARLY_CNNS = "Inf2 CNNs, SDK 2.9 to 2.12";
    private static final Goal EARLY_CNNS_GOAL = Goal.errors(5, 10);
    private static final SdkVersion LESS_RELAYOUT = new SdkVersion(2, 13);

    /** Measures the accuracy on the built-in table and on the blog's. */
    public static Accuracy measure(Calibrations calibrations, Catalog catalog, Consumer<String> progress) {
        progress.accept("lowering the networks of the built-in table");
        List<Subject> trusted = Subjects.of(MeasurementFile.builtIn(), catalog).accepted().stream()
                .filter(subject -> subject.measurement().origin().isTrusted())
                .toList();
        List<Answer> unseen =
                new CrossValidation(Parameters.builtIn(), calibrations, progress).run(LeaveOut.FAMILY, trusted);
        List<UnseenErrors.Covered> covered = UnseenErrors.examine(unseen);
        Quoter fitted = Quoter.of(calibrations);
        List<UnseenErrors.Covered> seen = UnseenErrors.examine(trusted.stream()
                .map(subject -> new Answer(subject, subject.predict(fitted)))
                .toList());
        List<Line> lines = new ArrayList<>();
        for (MeasurementClass kind : MeasurementClass.values()) {
            lines.addAll(lines(kind.title(), LEAVE_OUT, covered, answer -> kind(answer) == kind, Goal.of(kind)));
            lines.addAll(lines(kind.title(), FITTED, seen, answer -> kind(answer) == kind, Goal.of(kind)));
        }
        lines.addAll(lines(EARLY_CNNS, LEAVE_OUT, covered, Accuracy::isEarlyCnn, EARLY_CNNS_GOAL));
        lines.addAll(lines(EARLY_CNNS, FITTED, seen, Accuracy::isEarlyCnn, EARLY_CNNS_GOAL));
        lines.addAll(lines("fitted classes, mature releases", LEAVE_OUT, covered,
                answer -> MeasurementClass.isFittedAndMature(answer.measurement()), Goal.none()));
        lines.addAll(lines("all on Inf1", LEAVE_OUT, covered, answer -> isOn(answer, "inf1"), Goal.none()));
        lines.addAll(
                lines("all on Inf2", LEAVE_OUT, covered, answer -> isOn(answer, "inf2"), Goal.spearman(SPEARMAN)));
        lines.addAll(lines("all", LEAVE_OUT, covered, _ -> true, Goal.none()));
        lines.addAll(heldOut(HeldOutBlog.take(
                catalog, new Quoter(calibrations, UnseenErrors.intervals(unseen)))));
        DeviceErrors.of(DeviceProfiles.take(catalog, calibrations)).stream().map(Accuracy::line).forEach(lines::add);
        return new Accuracy(lines, unseen);
    }

    private static List<Line> lines(
            String name, String protocol, List<UnseenErrors.Covered> all, Predicate<Answer> isOf, Goal goal) {
        List<UnseenErrors.Covered> rows =
                all.stream().filter(each -> isOf.test(each.answer())).toList();
        List<Configuration> configurations =
                Configuration.of(rows.stream().map(UnseenErrors.Covered::answer).toList());
        List<Line> lines = new ArrayList<>();
        for (Quantity quantity : Quantity.values()) {
            List<Errors.Pair> pairs = configurations.stream()
                    .flatMap(each -> each.pair(quantity).stream())
                    .toList();
            if (!pairs.isEmpty()) {
                OptionalDouble coverage = quantity == Quantity.LATENCY
                        ? rows.stream().mapToInt(each -> each.isInside() ? 1 : 0).average()
                        : OptionalDouble.empty();
                OptionalDouble noise = configurations.stream()
                        .flatMapToDouble(each -> each.noise(quantity).stream())
                        .average();
                lines.add(new Line(name, protocol, quantity.label(), Errors.of(pairs), coverage, noise, goal));
            }
        }
        return lines;
    }

    private static List<Line> heldOut(List<HeldOutBlog.Answer> answers) {
        return List.of(
                heldOut("blog, all rows", answers, Goal.errors(BLOG_MEAN, BLOG_WORST)),
                heldOut(
                        "blog, BERT rows",
                        answers.stream().filter(each -> each.published().model().startsWith("bert")).toList(),
                        Goal.errors(BLOG_BERT_MEAN, BLOG_WORST)));
    }

    private static Line line(DeviceErrors device) {
        Goal goal = new Goal(device.meanGoalPercent(), OptionalDouble.empty(), OptionalDouble.empty());
        return single(device.name(), device.protocol().label(), device.quantity(), device.errors(), goal);
    }

    private static Line heldOut(String name, List<HeldOutBlog.Answer> answers, Goal goal) {
        List<Errors.Pair> pairs = answers.stream()
                .map(each -> new Errors.Pair(each.published().latencyMillis(), each.latencyMillis()))
                .toList();
        return single(name, HELD_OUT, Quantity.LATENCY.label(), Errors.of(pairs), goal);
    }

    /** A line of what was published once, so that nothing tells its noise, and without intervals. */
    private static Line single(String name, String protocol, String quantity, Errors errors, Goal goal) {
        return new Line(name, protocol, quantity, errors, OptionalDouble.empty(), OptionalDouble.empty(), goal);
    }

    /** Whether a convolutional network was compiled before most of its relayout was avoided. */
    private static boolean isEarlyCnn(Answer answer) {
        return kind(answer) == MeasurementClass.INF2_EARLY_SDKS
                && answer.subject().network().mix().contains(OperatorMix.CONVOLUTIONS)
                && !answer.subject().scenario().deployment().sdk().isAtLeast(LESS_RELAYOUT);
    }

    private static boolean isOn(Answer answer, String device) {
        return answer.measurement().setup().device().equals(device);
    }

    private static MeasurementClass kind(Answer answer) {
        return MeasurementClass.of(answer.measurement());
    }
}
