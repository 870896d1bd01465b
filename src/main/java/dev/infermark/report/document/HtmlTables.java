package dev.infermark.report.document;

import static j2html.TagCreator.a;
import static j2html.TagCreator.div;
import static j2html.TagCreator.each;
import static j2html.TagCreator.iff;
import static j2html.TagCreator.p;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.tr;

import dev.infermark.base.NumberKind;
import dev.infermark.report.document.PairTable.Group;
import dev.infermark.report.document.PairTable.Line;
import dev.infermark.report.document.PairTable.Pair;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import j2html.tags.ContainerTag;
import j2html.tags.DomContent;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Tables of the page; the script makes those with the class {@code grid} sortable. */
final class HtmlTables {
    private static final int LONG_TEXT = 40;

    private HtmlTables() {}

    static DomContent grid(Block.Grid grid, HtmlPage.Data data) {
        Table content = grid.table();
        String label = grid.name() + "-caption";
        ContainerTag<?> table = table(
                        thead(tr(each(places(content), c -> align(
                                th(heading(content.columns().get(c))), content, c).attr("scope", "col")))),
                        tbody(each(content.rows(), row -> tr(each(
                                places(content), c -> cell(row.get(c), content, c))))))
                .attr("class", "grid")
                .attr("aria-labelledby", label);
        grid.rank().ifPresent(key -> table.attr("data-rank", String.valueOf(column(content, key))));
        return div(
                        p(strong(grid.caption()), text(" "), csv(grid.name(), data)).withClass("caption").withId(label),
                        div(table).withClass("scroll").attr("tabindex", "0").attr("role", "group")
                                .attr("aria-label", grid.caption()))
                .withId(grid.name() + "-table");
    }

    /** The roles are stated because narrow screens lay these tables out in another way, which would drop them. */
    static DomContent pairs(Block.Pairs block, HtmlPage.Data data) {
        PairTable content = block.table();
        String label = block.grid().name() + "-caption";
        List<String> below = subheadings(content);
        int rows = below.isEmpty() ? 1 : 2;
        return div(
                p(
                                text(content.caption() + " Each cell: "),
                                HtmlPage.badge(NumberKind.PUBLISHED),
                                text(" over "),
                                HtmlPage.badge(NumberKind.MODELLED),
                                text(". "),
                                csv(block.grid().name(), data))
                        .withClass("caption")
                        .withId(label),
                table(
                                thead(
                                                tr(
                                                                each(content.keys(), key -> columnHead(key, rows)),
                                                                each(content.groups(), group -> group(group, rows)))
                                                        .attr("role", "row"),
                                                iff(rows == 2, tr(each(below, name -> columnHead(name, 1)))
                                                        .attr("role", "row")))
                                        .attr("role", "rowgroup"),
                                tbody(each(content.lines(), line -> line(line, content))).attr("role", "rowgroup"))
                        .attr("class", content.groups().size() > 2 ? "pairs wide" : "pairs")
                        .attr("role", "table")
                        .attr("aria-labelledby", label));
    }

    private static DomContent columnHead(String words, int rows) {
        return th(words).attr("scope", "col").attr("rowspan", rows).attr("role", "columnheader");
    }

    private static DomContent group(Group group, int rows) {
        int columns = group.columns().size();
        return columns == 1
                ? columnHead(group.title(), rows)
                : th(group.title()).attr("scope", "colgroup").attr("colspan", columns).attr("role", "columnheader");
    }

    private static List<String> subheadings(PairTable content) {
        return content.groups().stream()
                .filter(group -> group.columns().size() > 1)
                .flatMap(group -> group.columns().stream())
                .toList();
    }

    private static DomContent line(Line line, PairTable content) {
        List<DomContent> cells = new ArrayList<>();
        cells.add(th(line.keys().getFirst()).attr("scope", "row").attr("role", "rowheader"));
        for (int i = 1; i < line.keys().size(); i++) {
            cells.add(td(line.keys().get(i)).withClass("key").attr("role", "cell")
                    .attr("data-label", content.keys().get(i)));
        }
        int place = 0;
        for (Group group : content.groups()) {
            for (int i = 0; i < group.columns().size(); i++) {
                boolean startsGroup = i == 0 && group.columns().size() > 1;
                cells.add(td(numbers(line.pairs().get(place)))
                        .withCondClass(startsGroup, "start")
                        .attr("role", "cell")
                        .attr("data-label", content.headings().get(place)));
                place++;
            }
        }
        return tr(each(cells, cell -> cell)).attr("role", "row");
    }

    private static DomContent[] numbers(Pair pair) {
        DomContent modelled = switch (pair.fit()) {
            case INSIDE -> span(pair.modelled()).withClass("mod");
            case OUTSIDE -> span("† " + pair.modelled()).withClass("mod outside");
        };
        return new DomContent[] {span(pair.published()).withClass("pub"), text(" "), modelled};
    }

    /** The link to the numbers of a table or plot. */
    static DomContent csv(String name, HtmlPage.Data data) {
        return switch (data) {
            case BESIDE -> a(name + ".csv").withHref(name + ".csv");
            case NONE -> text("");
        };
    }

    private static DomContent cell(Cell cell, Table table, int column) {
        String words = TableFormat.forPeople(cell);
        if (column == 0) {
            return align(th(words).attr("scope", "row"), table, column);
        }
        return words.length() > LONG_TEXT ? td(words).withClass("long") : align(td(words), table, column);
    }

    private static int column(Table table, String key) {
        return table.columns().stream().map(Column::key).toList().indexOf(key);
    }

    private static List<Integer> places(Table table) {
        return IntStream.range(0, table.columns().size()).boxed().toList();
    }

    private static <T extends ContainerTag<T>> T align(T tag, Table table, int column) {
        return table.isNumeric(column) ? tag.attr("class", "number") : tag;
    }

    private static DomContent heading(Column column) {
        String words = column.unit().isEmpty() ? column.title() : column.title() + ", " + column.unit();
        return column.kind()
                .<DomContent>map(kind -> span(span(words), HtmlPage.badge(kind)).withClass("heading"))
                .orElseGet(() -> span(words));
    }
}
