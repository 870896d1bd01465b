package dev.infermark.reader.onnx;

import dev.infermark.reader.file.MessageParts;

/** The messages of an ONNX model that hold nodes, those in the branches of other nodes included. */
final class OnnxParts {
    static final MessageParts MODEL = model();

    private OnnxParts() {}

    private static MessageParts model() {
        MessageParts node = new MessageParts();
        MessageParts plain = new MessageParts();
        MessageParts graph = new MessageParts()
                .through(1, node)
                .through(11, plain)
                .through(12, plain)
                .through(13, plain);
        MessageParts attribute = new MessageParts().through(6, graph).through(11, graph);
        node.through(5, attribute);
        MessageParts function = new MessageParts().through(7, node);
        return new MessageParts().through(7, graph).through(25, function);
    }
}
