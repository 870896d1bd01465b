package dev.infermark.report.validation;

import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.calibrate.Fit;
import java.util.List;

/** Fitted parameters with their intervals and what they mean. */
public final class CalibrationReport {
    private CalibrationReport() {}

    /** One row per parameter. */
    public static Table table(Fit fit) {
        List<Column> columns = List.of(
                Column.plain("owner", "Of"),
                Column.plain("parameter", "Parameter"),
                Column.modelled("value", "Value", ""),
                Column.modelled("lower", "90 % from", ""),
                Column.modelled("upper", "to", ""),
                Column.plain("unit", "Unit"),
                Column.plain("meaning", "Meaning"));
        return new Table(
                columns, fit.parameters().stream().map(CalibrationReport::row).toList());
    }

    private static List<Cell> row(Fit.Value value) {
        return List.of(
                Cell.of(value.parameter().owner()),
                Cell.of(value.parameter().name()),
                Cell.of(value.value()),
                Cell.of(value.lower()),
                Cell.of(value.upper()),
                Cell.of(value.parameter().unit()),
                Cell.of(value.parameter().meaning()));
    }
}
