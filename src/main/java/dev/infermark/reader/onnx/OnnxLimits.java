package dev.infermark.reader.onnx;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import dev.infermark.base.UserError;
import java.io.IOException;

/** Counts the parts of a file before they are turned into objects, which take far more memory than their bytes. */
final class OnnxLimits {
    /** The field of a model that holds its graph, and that of a graph that holds its nodes. */
    private static final int GRAPH = 7;

    private static final int NODE = 1;
    private static final int MOST_FIELDS = 3_000_000;

    private int fields;

    private OnnxLimits() {}

    /** Refuses a file of more parts than any network has. */
    static void check(byte[] model) throws IOException {
        new OnnxLimits().count(CodedInputStream.newInstance(model), GRAPH, NODE);
    }

    /** Counts the fields of a message, and inside those of the given numbers, level by level. */
    private void count(CodedInputStream message, int... inner) throws IOException {
        for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
            if (++fields > MOST_FIELDS) {
                throw new UserError("the file has more than " + MOST_FIELDS + " parts, more than any network; export it"
                        + " again");
            }
            boolean isInner = inner.length > 0 && tag == WireFormat.WIRETYPE_LENGTH_DELIMITED + (inner[0] << 3);
            if (isInner) {
                CodedInputStream part = message.readBytes().newCodedInput();
                part.enableAliasing(true);
                count(part, java.util.Arrays.copyOfRange(inner, 1, inner.length));
            } else if (!message.skipField(tag)) {
                return;
            }
        }
    }
}
