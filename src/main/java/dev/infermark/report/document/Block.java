package dev.infermark.report.document;

import dev.infermark.base.NumberKind;
import dev.infermark.report.plot.Plot;
import dev.infermark.report.table.Table;
import java.util.List;
import java.util.Optional;

/** A piece of a document. */
public sealed interface Block {

    /** A paragraph. */
    record Text(String words) implements Block {}

    /** Something that the reader must know or do before trusting what follows. */
    record Notice(String words) implements Block {}

    /**
     * A table.
     *
     * @param name file name of its CSV, without ending
     * @param caption what it shows
     * @param table the table
     * @param rank key of the column by which a long table shows its best and worst rows first, if there is one
     */
    record Grid(String name, String caption, Table table, Optional<String> rank) implements Block {

        /** A table that no column ranks. */
        public Grid(String name, String caption, Table table) {
            this(name, caption, table, Optional.empty());
        }
    }

    /**
     * Published over modelled.
     *
     * @param table what people see
     * @param grid the same with every column, as file
     */
    record Pairs(PairTable table, Grid grid) implements Block {}

    /** Plots side by side. */
    record Figures(List<Figure> figures) implements Block {

        /** Copies the list. */
        public Figures {
            figures = List.copyOf(figures);
        }
    }

    /**
     * A plot.
     *
     * @param plot what it shows
     * @param source where its numbers come from
     * @param data name of the CSV that holds them, without ending
     */
    record Figure(Plot plot, String source, String data) {}

    /** A few numbers at a glance. */
    record Highlights(List<Highlight> highlights) implements Block {

        /** Copies the list. */
        public Highlights {
            highlights = List.copyOf(highlights);
        }
    }

    /**
     * A number at a glance.
     *
     * @param value with unit
     * @param label what it is
     * @param kind where it comes from
     */
    record Highlight(String value, String label, NumberKind kind) {}

    /** What the kinds of numbers are. */
    record Kinds() implements Block {}

    /**
     * Detail that is closed until the reader opens it.
     *
     * @param anchor its name in links
     * @param summary what is inside
     * @param blocks its content
     */
    record Folded(String anchor, String summary, List<Block> blocks) implements Block {

        /** Copies the list. */
        public Folded {
            blocks = List.copyOf(blocks);
        }
    }
}
