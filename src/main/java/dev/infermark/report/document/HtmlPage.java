package dev.infermark.report.document;

import static j2html.TagCreator.a;
import static j2html.TagCreator.body;
import static j2html.TagCreator.caption;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.document;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.img;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.nav;
import static j2html.TagCreator.p;
import static j2html.TagCreator.picture;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.source;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.style;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.td;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import dev.infermark.base.NumberKind;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.plot.PlotImage;
import dev.infermark.report.plot.Theme;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import j2html.tags.DomContent;
import j2html.tags.specialized.TdTag;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** A document as one HTML file that needs nothing beside it: style and pictures are inside. */
public final class HtmlPage {
    private static final String FILES = "infermark-files";
    private static final Pattern FILES_META =
            Pattern.compile("<meta name=\"" + FILES + "\" content=\"([\\w. -]*)\">");
    private static final int LONG_TEXT = 40;

    private HtmlPage() {}

    /** The whole page, which remembers the files that were written beside it. */
    public static String write(Document document, Collection<String> files) {
        return document(html(
                        head(
                                meta().withCharset("utf-8"),
                                meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                meta().withName("color-scheme").withContent("light dark"),
                                meta().withName(FILES).withContent(String.join(" ", files)),
                                title(document.title()),
                                style(rawHtml(styleSheet()))),
                        body(
                                header(
                                        h1(document.title()),
                                        p(document.lead()).withClass("lead"),
                                        legend(),
                                        nav(each(
                                                document.sections(),
                                                part -> a(part.title()).withHref("#" + part.anchor())))),
                                main(each(document.sections(), HtmlPage::section)))).withLang("en"))
                + "\n";
    }

    /** The files that were written beside a page, none where it is not one of ours. */
    public static List<String> filesOf(String page) {
        Matcher meta = FILES_META.matcher(page);
        return meta.find() ? List.of(meta.group(1).split(" ")) : List.of();
    }

    private static DomContent legend() {
        return dl(each(
                        List.of(NumberKind.values()),
                        kind -> div(dt(badge(kind)), dd(Document.meaning(kind)))))
                .withClass("legend");
    }

    private static DomContent section(Section part) {
        return j2html.TagCreator.section(h2(part.title()), each(part.blocks(), HtmlPage::block)).withId(part.anchor());
    }

    private static DomContent block(Block block) {
        return switch (block) {
            case Block.Text(String words) -> p(words);
            case Block.Notice(String words) -> p(words).withClass("notice");
            case Block.Grid(_, String caption, Table table) -> grid(caption, table);
            case Block.Plots(List<BarPlot> plots) -> div(each(plots, HtmlPage::plot)).withClass("plots");
            case Block.Highlights(var all) -> div(each(all, HtmlPage::highlight)).withClass("highlights");
            case Block.Folded(String words, var blocks) -> details(summary(words), each(blocks, HtmlPage::block));
        };
    }

    private static DomContent highlight(Block.Highlight highlight) {
        return div(strong(highlight.value()), badge(highlight.kind()), span(highlight.label()));
    }

    private static DomContent grid(String words, Table table) {
        return div(table(
                        caption(words),
                        thead(tr(each(
                                columns(table), c -> align(th(heading(table.columns().get(c))), table, c)
                                        .attr("scope", "col")))),
                        tbody(each(
                                table.rows(),
                                row -> tr(each(
                                        columns(table),
                                        c -> align(words(row.get(c)), table, c)))))))
                .withClass("scroll")
                .attr("tabindex", "0");
    }

    private static TdTag words(Cell cell) {
        String text = TableFormat.forPeople(cell);
        return text.length() > LONG_TEXT ? td(text).withClass("long") : td(text);
    }

    private static List<Integer> columns(Table table) {
        return IntStream.range(0, table.columns().size()).boxed().toList();
    }

    private static <T extends j2html.tags.ContainerTag<T>> T align(T tag, Table table, int column) {
        return table.isNumeric(column) ? tag.withClass("number") : tag;
    }

    private static DomContent heading(Column column) {
        String words = column.unit().isEmpty() ? column.title() : column.title() + ", " + column.unit();
        return column.kind()
                .<DomContent>map(kind -> span(span(words), badge(kind)).withClass("heading"))
                .orElseGet(() -> span(words));
    }

    private static DomContent badge(NumberKind kind) {
        return span(kind.label()).withClass("kind " + kind.label());
    }

    private static DomContent plot(BarPlot plot) {
        return figure(picture(
                source().withMedia("(prefers-color-scheme: dark)").withSrcset(data(plot, Theme.DARK)),
                img().withSrc(data(plot, Theme.LIGHT))
                        .withAlt(plot.title() + ", " + plot.axis())
                        .attr("width", PlotImage.WIDTH)
                        .attr("height", PlotImage.height(plot))));
    }

    private static String data(BarPlot plot, Theme theme) {
        return "data:image/png;base64," + Base64.getEncoder().encodeToString(PlotImage.png(plot, theme));
    }

    private static String styleSheet() {
        try (var in = Objects.requireNonNull(HtmlPage.class.getResourceAsStream("page.css"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
