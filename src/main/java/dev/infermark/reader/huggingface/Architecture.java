package dev.infermark.reader.huggingface;

import dev.infermark.graph.Graph;
import dev.infermark.graph.GraphBuilder;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import java.util.Set;

/** A network whose sizes have been read from a config, ready for any workload. */
interface Architecture {

    /** The heads it can have. */
    Set<TaskHead> heads();

    /** What the caller gives. */
    Modality modality();

    /** The tokens that a sequence may have at most; {@link Long#MAX_VALUE} where positions are relative. */
    long positions();

    /** The tokens that the decoder's side may have at most. */
    default long decoderPositions() {
        return positions();
    }

    /** Frames that an encoder of audio makes of a workload's, or of as much as it has room for. */
    default long frames(String name, Workload workload) {
        throw new UnsupportedOperationException(name);
    }

    /** Builds the graph; the workload's settings fit and its head is one of {@link #heads}. */
    Graph build(GraphBuilder graph, Workload workload, TaskHead head);

    /** What a network reads. */
    enum Modality {
        /** Token ids into an encoder. */
        TEXT,
        /** Token ids into a decoder that can hold the keys and values of earlier ones. */
        CACHED_TEXT,
        /** Token ids into an encoder and a decoder. */
        TWO_TEXTS,
        /** Audio. */
        AUDIO,
        /** Audio into an encoder and token ids into a decoder. */
        AUDIO_AND_TEXT,
        /** Images. */
        IMAGE,
        /** Images and token ids. */
        IMAGE_AND_TEXT
    }
}
