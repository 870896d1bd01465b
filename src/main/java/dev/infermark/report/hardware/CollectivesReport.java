package dev.infermark.report.hardware;

import dev.infermark.base.NumberKind;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.simulate.collective.CollectiveModel.Exchange;
import dev.infermark.validate.collective.PublishedExchanges.Answer;
import java.util.List;

/** Exchanges among cores as tables; those of models in the columns and units of {@code nccom-test}. */
public final class CollectivesReport {
    private static final double MICROS = 1e6;

    /** Bytes of what nccom-test calls a GB. */
    private static final double GIGA = 1L << 30;

    private CollectivesReport() {}

    /**
     * A row per exchange.
     *
     * @param type the type of its elements
     * @param elementBytes the size of one
     */
    public static Table table(List<Exchange> exchanges, String type, long elementBytes) {
        List<Column> columns = List.of(
                same("size(B)"),
                same("count(elems)"),
                same("type"),
                Column.modelled("time:avg(us)", "time:avg(us)", ""),
                Column.modelled("algbw(GB/s)", "algbw(GB/s)", ""),
                Column.modelled("busbw(GB/s)", "busbw(GB/s)", ""),
                same("algorithm"));
        return new Table(
                columns, exchanges.stream().map(each -> row(each, type, elementBytes)).toList());
    }

    /** A row per published time. */
    public static Table published(List<Answer> answers) {
        List<Column> columns = List.of(
                Column.plain("operation", "Operation"),
                Column.plain("ranks", "Ranks"),
                Column.plain("run_of", "Run of"),
                Column.plain("size_bytes", "Size, B"),
                Column.result("published_us", "Time", "us", NumberKind.PUBLISHED),
                Column.modelled("modelled_us", "Time", "us"),
                Column.result("error_percent", "Error", "%", NumberKind.DERIVED),
                Column.plain("algorithm", "Algorithm"),
                Column.plain("instance_type", "Taken to be"),
                Column.plain("source", "Source"));
        return new Table(columns, answers.stream().map(CollectivesReport::row).toList());
    }

    private static List<Cell> row(Answer answer) {
        return List.of(
                Cell.of(answer.run().operation()),
                Cell.of(answer.run().ranks()),
                Cell.of(answer.run().name()),
                Cell.of(answer.published().bytes()),
                Cell.of(answer.published().micros()),
                Cell.of(MICROS * answer.modelled().seconds()),
                Cell.of(100 * answer.error()),
                Cell.of(answer.modelled().algorithm().label()),
                Cell.of(answer.run().instance()),
                Cell.of(answer.run().source()));
    }

    private static Column same(String name) {
        return Column.plain(name, name);
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
