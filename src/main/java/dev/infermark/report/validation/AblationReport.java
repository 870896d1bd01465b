package dev.infermark.report.validation;

import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.ablate.Ablation;
import dev.infermark.validate.measurement.MeasurementClass;
import dev.infermark.validate.scenario.Errors;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Errors by class without an effect. */
public final class AblationReport {
    private static final List<MeasurementClass> CLASSES = List.of(
            MeasurementClass.INF2_ENCODERS,
            MeasurementClass.INF2_CNNS,
            MeasurementClass.INF2_LONG_SEQUENCES,
            MeasurementClass.INF2_EARLY_SDKS,
            MeasurementClass.INF2_EARLY_VISION_TRANSFORMERS,
            MeasurementClass.INF2_CLIP,
            MeasurementClass.INF1_ENCODERS,
            MeasurementClass.SEQUENCE_SWEEPS);

    private AblationReport() {}

    /** One line per effect. */
    public static Table table(List<Ablation> ablations) {
        List<Column> columns = new ArrayList<>(
                List.of(Column.plain("without", "Without"), Column.plain("parameters", "Parameters")));
        for (MeasurementClass kind : CLASSES) {
            columns.add(Column.modelled(
                    kind.name().toLowerCase(Locale.ROOT) + "_mean_error_percent",
                    kind.title(),
                    "%"));
        }
        return new Table(columns, ablations.stream().map(AblationReport::row).toList());
    }

    private static List<Cell> row(Ablation ablation) {
        List<Cell> cells = new ArrayList<>(
                List.of(Cell.of(ablation.effect().title()), Cell.of((long) ablation.parameters())));
        for (MeasurementClass kind : CLASSES) {
            Errors errors = ablation.errors().get(kind);
            cells.add(errors == null ? new Cell.Missing("") : ValidationReport.percent(errors.mean()));
        }
        return cells;
    }
}
