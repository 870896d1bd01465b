package dev.infermark.report.validation;

import dev.infermark.base.NumberKind;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.micro.MicroMeasurement;
import dev.infermark.validate.micro.MicroMeasurements;
import dev.infermark.validate.micro.MicroMeasurements.Answer;
import dev.infermark.validate.micro.MicroMeasurements.Predicted;
import dev.infermark.validate.micro.MicroMeasurements.Refused;
import java.util.List;
import java.util.Locale;

/** The vendor's timings of single kernels, published beside modelled. */
public final class MicroReport {
    private static final Cell NONE = new Cell.Missing("");

    private MicroReport() {}

    /** One line per timing; those that are refused say why. */
    public static Table table(List<Answer> answers) {
        List<Column> columns = List.of(
                Column.plain("kernel", "Kernel"),
                Column.result("published_us", "Time", "µs", NumberKind.PUBLISHED),
                Column.modelled("modelled_us", "Time", "µs"),
                Column.modelled("error_percent", "Error", "%"),
                Column.modelled("bound_by", "Bound by", ""),
                Column.plain("source", "Source"),
                Column.plain("refused_because", "Refused because"));
        return new Table(columns, answers.stream().map(MicroReport::row).toList());
    }

    /** The errors in one line. */
    public static String summary(List<Answer> answers) {
        long predicted = answers.stream().filter(Predicted.class::isInstance).count();
        return String.format(
                Locale.ROOT,
                "%d predicted, mean error %.1f %%, worst %.1f %%; %d refused",
                predicted,
                100 * MicroMeasurements.meanAbsoluteError(answers),
                100 * MicroMeasurements.worstAbsoluteError(answers),
                answers.size() - predicted);
    }

    private static List<Cell> row(Answer answer) {
        MicroMeasurement published = answer.published();
        Cell name = Cell.of(published.name());
        Cell time = Cell.of(1e6 * published.seconds());
        Cell source = Cell.of(published.source());
        return switch (answer) {
            case Predicted predicted -> List.of(
                    name,
                    time,
                    Cell.of(1e6 * predicted.modelled().seconds()),
                    new Cell.Quantity(100 * predicted.error(), 3),
                    Cell.of(predicted.modelled().boundBy().label()),
                    source,
                    NONE);
            case Refused(_, String reason) -> List.of(
                    name, time, new Cell.Missing("refused"), NONE, NONE, source, Cell.of(reason));
        };
    }
}
