package dev.infermark.report.hardware;

import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.simulate.collective.CollectiveModel.Exchange;
import java.util.List;

/** Exchanges among cores as a table, in the columns of {@code nccom-test}. */
public final class CollectivesReport {
    private static final double MICROS = 1e6;
    private static final double GIGA = 1e9;

    private CollectivesReport() {}

    /**
     * A row per exchange.
     *
     * @param type the type of its elements
     * @param elementBytes the size of one
     */
    public static Table table(List<Exchange> exchanges, String type, long elementBytes) {
        List<Column> columns = List.of(
                Column.plain("size(B)", "Size, B"),
                Column.plain("count(elems)", "Elements"),
                Column.plain("type", "Type"),
                Column.modelled("time:avg(us)", "Time", "us"),
                Column.modelled("algbw(GB/s)", "Algorithm", "GB/s"),
                Column.modelled("busbw(GB/s)", "Bus", "GB/s"),
                Column.plain("algorithm", "Algorithm used"));
        return new Table(
                columns, exchanges.stream().map(each -> row(each, type, elementBytes)).toList());
    }

    private static List<Cell> row(Exchange exchange, String type, long elementBytes) {
        return List.of(
                Cell.of(exchange.bytes()),
                Cell.of(exchange.bytes() / elementBytes),
                Cell.of(type),
                Cell.of(MICROS * exchange.seconds()),
                Cell.of(exchange.algorithmBytesPerSecond() / GIGA),
                Cell.of(exchange.busBytesPerSecond() / GIGA),
                Cell.of(exchange.algorithm().label()));
    }
}
