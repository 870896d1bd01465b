package dev.infermark.reader.file;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tells the kinds of model files apart by the first characters, or by the fields of the outermost message. */
final class Sniffer {
    /** Enough of the outermost fields to tell; weights may follow in hundreds of thousands. */
    private static final int MOST_FIELDS = 10_000;

    /** What editors of some systems write before UTF-8, seen byte by byte. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private static final int VARINT = WireFormat.WIRETYPE_VARINT;
    private static final int BYTES = WireFormat.WIRETYPE_LENGTH_DELIMITED;

    private Sniffer() {}

    static Optional<ModelKind> kind(ModelFile file) {
        String start = start(file);
        if (start.startsWith("HloModule")) {
            return Optional.of(ModelKind.HLO_TEXT);
        }
        if (start.startsWith("{")) {
            return Optional.of(ModelKind.HUGGING_FACE_CONFIG);
        }
        Map<Integer, Set<Integer>> fields = fields(file.fields());
        return fields.isEmpty() ? Optional.empty() : kind(fields, file);
    }

    private static Optional<ModelKind> kind(Map<Integer, Set<Integer>> fields, ModelFile file) {
        boolean startsWithVersion = has(fields, 1, VARINT) && !has(fields, 1, BYTES);
        if (has(fields, 7, BYTES) && !has(fields, 1, BYTES) && (startsWithVersion || has(fields, 8, BYTES))) {
            return Optional.of(ModelKind.ONNX);
        }
        if (startsWithVersion && has(fields, 2, BYTES)) {
            return Optional.of(ModelKind.TENSORFLOW_SAVED_MODEL);
        }
        if (!has(fields, 1, BYTES)) {
            return Optional.empty();
        }
        if (has(fields, 3, BYTES) && has(fields, 2, BYTES)) {
            return Optional.of(ModelKind.HLO_PROTO);
        }
        return Optional.of(wrapsModule(file.fields()) ? ModelKind.HLO_PROTO : ModelKind.TENSORFLOW_GRAPH);
    }

    /** Whether the first field holds an HLO module, whose ids are numbers where a TensorFlow node has messages. */
    private static boolean wrapsModule(CodedInputStream outer) {
        try {
            outer.readTag();
            outer.pushLimit(outer.readRawVarint32());
            Map<Integer, Set<Integer>> inner = fields(outer);
            return has(inner, 1, BYTES) && has(inner, 3, BYTES) && (has(inner, 5, VARINT) || has(inner, 6, VARINT));
        } catch (IOException _) {
            return false;
        }
    }

    /** The wire types of each outermost field; what cannot be read ends the list. */
    private static Map<Integer, Set<Integer>> fields(CodedInputStream in) {
        Map<Integer, Set<Integer>> fields = new TreeMap<>();
        try {
            for (int i = 0; i < MOST_FIELDS; i++) {
                int tag = in.readTag();
                if (tag == 0) {
                    break;
                }
                fields.computeIfAbsent(WireFormat.getTagFieldNumber(tag), _ -> new TreeSet<>())
                        .add(WireFormat.getTagWireType(tag));
                if (!in.skipField(tag)) {
                    break;
                }
            }
        } catch (IOException _) {
            return fields;
        }
        return fields;
    }

    private static boolean has(Map<Integer, Set<Integer>> fields, int number, int wireType) {
        return fields.getOrDefault(number, Set.of()).contains(wireType);
    }

    /** The first characters after white space and comments. */
    private static String start(ModelFile file) {
        byte[] head = new byte[Math.min(4096, file.bytes().remaining())];
        file.bytes().duplicate().get(head);
        String text = new String(head, StandardCharsets.ISO_8859_1);
        text = (text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text).stripLeading();
        while (text.startsWith("//") && text.indexOf('\n') > 0) {
            text = text.substring(text.indexOf('\n')).stripLeading();
        }
        return text;
    }
}
