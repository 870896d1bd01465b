package dev.infermark.report.document;

import dev.infermark.base.NumberKind;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.table.Table;
import java.util.List;

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
     */
    record Grid(String name, String caption, Table table) implements Block {}

    /** Plots side by side. */
    record Plots(List<BarPlot> plots) implements Block {

        /** Copies the list. */
        public Plots {
            plots = List.copyOf(plots);
        }
    }

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

    /** Detail that is closed until the reader opens it. */
    record Folded(String summary, List<Block> blocks) implements Block {

        /** Copies the list. */
        public Folded {
            blocks = List.copyOf(blocks);
        }
    }
}
