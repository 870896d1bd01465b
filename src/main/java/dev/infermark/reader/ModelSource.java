package dev.infermark.reader;

import dev.infermark.base.UserError;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Outline;
import dev.infermark.numerics.DataType;
import java.util.List;

/** A model that a user named, ready to be laid out as a graph for any workload it can run. */
public interface ModelSource {

    /** The name in tables: a built-in model's own, or the file's. */
    String name();

    /**
     * The network for one workload.
     *
     * @throws UserError when the model cannot run this workload, naming the setting to change
     */
    Graph graph(Workload workload);

    /**
     * The same network with one layer for each run of equal ones, where the model knows of such.
     *
     * @throws UserError as {@link #graph}
     */
    default Outline outline(Workload workload) {
        return Outline.of(graph(workload));
    }

    /** The element type of weights and activations where the user names none. */
    default DataType type() {
        return DataType.FP32;
    }

    /** Whether the model generates text, token after token; a graph in a file is one call. */
    default boolean generatesText() {
        return false;
    }

    /** How many tokens the model reads and writes where it generates text, for the audio of a workload. */
    default TextContext context(Workload workload) {
        return TextContext.ENDLESS;
    }

    /** What the user should know about how the file was read, a line each. */
    default List<String> notes() {
        return List.of();
    }

    /** Sequences or images that one inference of the graph, built for this workload, takes. */
    default long batch(Graph graph, Workload workload) {
        return workload.batch();
    }
}
