package dev.infermark.report.document;

import static j2html.TagCreator.body;
import static j2html.TagCreator.dd;
import static j2html.TagCreator.details;
import static j2html.TagCreator.div;
import static j2html.TagCreator.dl;
import static j2html.TagCreator.document;
import static j2html.TagCreator.dt;
import static j2html.TagCreator.each;
import static j2html.TagCreator.figcaption;
import static j2html.TagCreator.figure;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.h2;
import static j2html.TagCreator.h3;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.section;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.style;
import static j2html.TagCreator.summary;
import static j2html.TagCreator.text;
import static j2html.TagCreator.title;

import dev.infermark.base.NumberKind;
import dev.infermark.report.plot.SvgPlot;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A document as one HTML file that needs nothing beside it: style, script and plots are inside. */
public final class HtmlPage {
    private final Data data;

    private HtmlPage(Data data) {
        this.data = data;
    }

    /** Where the numbers of tables and plots are as CSV. */
    public enum Data {
        /** In files beside the page, to which it has links. */
        BESIDE,
        /** Nowhere: the page stands alone. */
        NONE
    }

    /** The whole page. */
    public static String write(Document document, Data data) {
        return new HtmlPage(data).write(document);
    }

    private String write(Document document) {
        return document(html(
                        head(
                                meta().withCharset("utf-8"),
                                meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                meta().withName("color-scheme").withContent("light dark"),
                                title(document.title()),
                                style(rawHtml(SvgPlot.styleSheet() + resource("page.css")))),
                        body(
                                header(
                                        p(document.title()).withClass("name"),
                                        h1(document.question()),
                                        p(document.answer()).withClass("lead")),
                                main(each(document.sections(), this::part)),
                                script(rawHtml(resource("page.js"))))).withLang("en"))
                + "\n";
    }

    /** The word for a kind of number, in its colour. */
    static DomContent badge(NumberKind kind) {
        return span(kind.label()).withClass("kind " + kind.label()).withTitle(Document.meaning(kind));
    }

    private DomContent part(Section part) {
        DomContent blocks = each(part.blocks(), this::block);
        return switch (part.depth()) {
            case FRONT -> section(h2(part.title()), blocks).withId(part.anchor());
            case DETAIL -> details(summary(h2(part.title())), blocks).withId(part.anchor()).withClass("part");
        };
    }

    private DomContent block(Block block) {
        return switch (block) {
            case Block.Text(String words) -> p(words);
            case Block.Notice(String words) -> p(words).withClass("notice");
            case Block.Grid grid -> HtmlTables.grid(grid, data);
            case Block.Pairs pairs -> HtmlTables.pairs(pairs, data);
            case Block.Figures(var figures) -> div(each(figures, this::plot)).withClass("plots");
            case Block.Highlights(var all) -> div(each(all, HtmlPage::highlight)).withClass("highlights");
            case Block.Kinds() -> legend();
            case Block.Folded(String anchor, String words, var blocks) ->
                    details(summary(h3(words)), each(blocks, this::block)).withId(anchor);
        };
    }

    private static DomContent legend() {
        return dl(each(List.of(NumberKind.values()), kind -> div(dt(badge(kind)), dd(Document.meaning(kind)))))
                .withClass("legend");
    }

    private static DomContent highlight(Block.Highlight highlight) {
        return div(strong(highlight.value()), span(highlight.label()), badge(highlight.kind()));
    }

    private DomContent plot(Block.Figure one) {
        return figure(
                SvgPlot.inline(one.plot()),
                figcaption(
                        text("Source: " + one.source() + ". "),
                        HtmlTables.csv(one.data(), data)));
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(HtmlPage.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
