package dev.infermark.report.generation;

import dev.infermark.deploy.PipelineQuoter.Choice;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.List;

/** Pipelines over different numbers of cores as a table. */
public final class PipelineReport {
    private static final double MILLI = 1e3;

    private PipelineReport() {}

    /** A row for each number of cores. */
    public static Table table(List<Choice> choices) {
        return new Table(
                List.of(
                        Column.plain("cores", "Cores"),
                        Column.modelled("resident_cores", "Cores that keep their weights", ""),
                        Column.modelled("alone_ms", "A call alone", "ms"),
                        Column.modelled("between_ms", "Between two calls", "ms"),
                        Column.modelled("full_clients", "Clients that fill it", ""),
                        Column.modelled("calls_per_core_per_s", "For each core", "calls/s")),
                choices.stream().map(PipelineReport::row).toList());
    }

    private static List<Cell> row(Choice choice) {
        return List.of(
                Cell.of(choice.cores()),
                Cell.of(choice.pipeline().residentCores()),
                Cell.of(MILLI * choice.aloneSeconds()),
                Cell.of(MILLI * choice.pipeline().longestSeconds()),
                Cell.of(choice.clients()),
                Cell.of(choice.callsPerCoreAndSecond()));
    }
}
