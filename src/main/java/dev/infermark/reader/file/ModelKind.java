package dev.infermark.reader.file;

/** The kinds of model files that are told apart. */
public enum ModelKind {
    /** A {@code config.json} of Hugging Face transformers. */
    HUGGING_FACE_CONFIG,
    /** An ONNX model. */
    ONNX,
    /** A frozen TensorFlow graph. */
    TENSORFLOW_GRAPH,
    /** A {@code saved_model.pb}, or the folder it lies in. */
    TENSORFLOW_SAVED_MODEL,
    /** An HLO module as text. */
    HLO_TEXT,
    /** An HLO module as a protocol buffer. */
    HLO_PROTO
}
