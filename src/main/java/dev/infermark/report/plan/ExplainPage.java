package dev.infermark.report.plan;

import dev.infermark.report.document.Block;
import dev.infermark.report.document.Document;
import dev.infermark.report.document.HtmlPage;
import dev.infermark.report.document.Section;
import dev.infermark.report.document.Section.Depth;
import dev.infermark.report.plot.Plot;
import dev.infermark.report.table.Table;
import java.util.ArrayList;
import java.util.List;

/** Where the time of a prediction goes, on one page that needs no network and no file beside it. */
public final class ExplainPage {
    private static final String SOURCE = "modelled; see the tables below";

    private final List<Section> sections = new ArrayList<>();
    private final String model;
    private final String answer;

    /**
     * A page without content.
     *
     * @param model what is explained
     * @param answer the prediction in a few words
     */
    public ExplainPage(String model, String answer) {
        this.model = model;
        this.answer = answer;
    }

    /** Adds plots below each other. */
    public ExplainPage plots(String anchor, String title, String words, List<? extends Plot> plots) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text(words));
        plots.forEach(plot -> blocks.add(new Block.Figures(List.of(new Block.Figure(plot, SOURCE, plot.name())))));
        sections.add(new Section(anchor, title, Depth.FRONT, blocks));
        return this;
    }

    /** Adds a table. */
    public ExplainPage table(String anchor, String title, String caption, Table table) {
        sections.add(new Section(anchor, title, Depth.FRONT, List.of(new Block.Grid(anchor, caption, table))));
        return this;
    }

    /** The page. */
    public String write() {
        return HtmlPage.write(
                new Document("Infermark", "Where the time of " + model + " goes", answer, sections),
                HtmlPage.Data.NONE);
    }
}
