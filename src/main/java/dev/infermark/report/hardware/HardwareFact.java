package dev.infermark.report.hardware;

import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * One line about hardware.
 *
 * @param section what it is about: core, chip, instance, price or comparison
 * @param name name of that core, chip, instance, price book or comparison
 * @param figure key of the figure
 * @param value a number or a word
 * @param unit unit of the number, empty for words
 * @param kind how far it can be trusted
 * @param source where it comes from
 */
public record HardwareFact(
        String section, String name, String figure, Cell value, String unit, String kind, String source) {

    /** Facts as one table, which has the same columns whatever the facts are about. */
    public static Table flat(List<HardwareFact> facts) {
        List<Column> columns = new ArrayList<>(List.of(Column.plain("section", "Section")));
        columns.addAll(named());
        return new Table(
                columns,
                facts.stream()
                        .map(fact -> Stream.concat(Stream.of(Cell.of(fact.section)), fact.cells()).toList())
                        .toList());
    }

    /** Facts of one section, for people: the name is left out where it is the same for all. */
    public static Table section(List<HardwareFact> facts) {
        int first = facts.stream().map(HardwareFact::name).distinct().count() > 1 ? 0 : 1;
        List<Column> columns = named();
        return new Table(
                columns.subList(first, columns.size()),
                facts.stream().map(fact -> fact.cells().skip(first).toList()).toList());
    }

    private static List<Column> named() {
        return List.of(
                Column.plain("name", "Name"),
                Column.plain("figure", "Figure"),
                Column.plain("value", "Value"),
                Column.plain("unit", "Unit"),
                Column.plain("kind", "Kind"),
                Column.plain("source", "Source"));
    }

    private Stream<Cell> cells() {
        return Stream.of(
                Cell.of(name),
                Cell.of(figure),
                value,
                Cell.of(unit),
                Cell.of(kind),
                Cell.of(source));
    }
}
