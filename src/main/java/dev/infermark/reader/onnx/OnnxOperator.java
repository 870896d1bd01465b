package dev.infermark.reader.onnx;

import dev.infermark.reader.translate.Value;
import java.util.List;

/** How one of ONNX's operators is written in the graph. */
@FunctionalInterface
interface OnnxOperator {

    /**
     * The values of the node's outputs, of which trailing ones that nobody needs may be missing.
     *
     * @throws IllegalArgumentException when the node's inputs or attributes do not fit
     */
    List<Value> translate(OnnxNode node);

    /** An operator with one output. */
    @FunctionalInterface
    interface Single {
        /** The value of the output. */
        Value translate(OnnxNode node);
    }

    /** An operator with one output. */
    static OnnxOperator one(Single single) {
        return node -> List.of(single.translate(node));
    }
}
