package dev.infermark.validate.accuracy;

import dev.infermark.base.Median;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.Contention;
import dev.infermark.deploy.uncertainty.Maturity;
import dev.infermark.deploy.uncertainty.OperatorMix;
import dev.infermark.deploy.uncertainty.Tails;
import dev.infermark.hardware.Generation;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.scenario.Subject;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** Finds the spread of calls, 99th percentile over median, in published rows, and tells how well it is foreseen. */
public final class TailFit {
    /** Digits that are kept; nobody publishes more. */
    private static final MathContext DIGITS = new MathContext(4);

    private final List<Row> rows;

    private TailFit(List<Row> rows) {
        this.rows = List.copyOf(rows);
    }

    /** A published row with both percentiles, and what is predicted of its call. */
    private record Row(Subject subject, Prediction prediction) {
        String family() {
            return subject.measurement().setup().family();
        }

        /** At least one: percentiles that were published rounded may lie below the median. */
        double ratio() {
            Measurement.Figures figures = subject.measurement().figures();
            return Math.max(
                    1,
                    figures.latencyP99Millis().getAsDouble()
                            / figures.latencyP50Millis().getAsDouble());
        }
    }

    /**
     * Rows that are told apart where errors are reported.
     *
     * @param generation of the core
     * @param mix what the network consists of, the operator mix that weighs most
     * @param maturity of the release
     * @param contention of the host's CPUs
     */
    public record Group(Generation generation, OperatorMix mix, Maturity maturity, Contention contention) {
        private static Group of(Row row) {
            Tails.Key key = Tails.Key.of(row.prediction().deployment());
            // The tails of decoders are those of encoders.
            OperatorMix mix = row.subject().network().mix().stream()
                    .filter(each -> each != OperatorMix.CAUSAL_ATTENTION)
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
            return new Group(key.generation(), mix, key.maturity(), key.contention());
        }
    }

    /**
     * Spreads of a group beside what is foreseen of each of its rows from rows of other families.
     *
     * @param group the group
     * @param rows how many rows it has
     * @param published the median of their ratios
     * @param medianError median of |foreseen / published − 1|
     */
    public record GroupError(Group group, int rows, double published, double medianError) {}

    /** The rows whose percentiles can be trusted, with what is predicted of them. */
    public static TailFit of(List<Subject> subjects, Quoter quoter) {
        return new TailFit(subjects.stream()
                .filter(subject -> subject.measurement().origin().isTrusted())
                .filter(subject -> hasBoth(subject.measurement()))
                .map(subject -> new Row(subject, subject.predict(quoter)))
                .toList());
    }

    /** The spreads of all rows. */
    public Tails tails() {
        return fit(row -> true);
    }

    /** How well each group is foreseen, each row without the rows of its own family. */
    public List<GroupError> errors() {
        Map<String, Tails> withoutFamily = new LinkedHashMap<>();
        List<GroupError> errors = new ArrayList<>();
        by(rows, Group::of).forEach((group, own) -> {
            double[] misses = own.stream()
                    .mapToDouble(row -> {
                        Tails others = withoutFamily.computeIfAbsent(
                                row.family(), family -> fit(other -> !other.family().equals(family)));
                        return Math.abs(others.p99OverP50(row.prediction()) / row.ratio() - 1);
                    })
                    .toArray();
            errors.add(new GroupError(group, own.size(), medianRatio(own), Median.of(misses)));
        });
        return errors;
    }

    private Tails fit(Predicate<Row> isUsed) {
        List<Tails.Spread> spreads = new ArrayList<>();
        by(rows.stream().filter(isUsed).toList(), row -> Tails.Key.of(row.prediction().deployment()))
                .forEach((key, own) -> spreads.add(spread(key, own)));
        return new Tails(spreads);
    }

    private static Tails.Spread spread(Tails.Key key, List<Row> rows) {
        LeastAbsolute.Line line = LeastAbsolute.fit(rows.stream()
                .map(row -> new LeastAbsolute.Point(
                        row.prediction().hostSeconds() / row.prediction().latencySeconds() / row.ratio(),
                        1 / row.prediction().latencySeconds() / row.ratio(),
                        1 - 1 / row.ratio()))
                .toList());
        return new Tails.Spread(
                key, rows.size(), rounded(line.first()), rounded(line.second()), rounded(medianRatio(rows)));
    }

    private static <K> Map<K, List<Row>> by(Collection<Row> rows, Function<Row, K> key) {
        Map<K, List<Row>> groups = new LinkedHashMap<>();
        rows.forEach(row -> groups.computeIfAbsent(key.apply(row), _ -> new ArrayList<>()).add(row));
        return groups;
    }

    private static boolean hasBoth(Measurement row) {
        return row.figures().latencyP50Millis().isPresent()
                && row.figures().latencyP99Millis().isPresent();
    }

    private static double medianRatio(List<Row> rows) {
        return Median.of(rows.stream().mapToDouble(Row::ratio).toArray());
    }

    private static double rounded(double value) {
        return new BigDecimal(value).round(DIGITS).doubleValue();
    }
}
