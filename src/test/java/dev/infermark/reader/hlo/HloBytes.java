package dev.infermark.reader.hlo;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** HLO modules as protocol buffers, written field by field. */
final class HloBytes {

    private HloBytes() {}

    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    /** A product of x [4, 8] and w [8, 16]. */
    static byte[] product() throws IOException {
        return message(module -> {
            module.writeString(1, "product");
            module.writeString(2, "main");
            module.writeByteArray(3, message(computation -> {
                computation.writeString(1, "main");
                computation.writeByteArray(2, instruction("x", "parameter", 1, new long[] {4, 8}, out ->
                        out.writeInt64(9, 0)));
                computation.writeByteArray(2, instruction("w", "parameter", 2, new long[] {8, 16}, out ->
                        out.writeInt64(9, 1)));
                computation.writeByteArray(2, instruction("y", "dot", 3, new long[] {4, 16}, out -> {
                    out.writeByteArray(36, new byte[] {1, 2});
                    out.writeByteArray(30, message(dot -> {
                        dot.writeByteArray(1, new byte[] {1});
                        dot.writeByteArray(2, new byte[] {0});
                    }));
                }));
                computation.writeInt64(5, 7);
                computation.writeInt64(6, 3);
            }));
            module.writeInt64(5, 1);
            module.writeInt64(6, 7);
        });
    }

    /** The HloProto around a module. */
    static byte[] wrapped(byte[] module) throws IOException {
        return message(out -> out.writeByteArray(1, module));
    }

    private static byte[] instruction(String name, String opcode, long id, long[] dimensions, Fields more)
            throws IOException {
        return message(out -> {
            out.writeString(1, name);
            out.writeString(2, opcode);
            out.writeByteArray(3, message(shape -> {
                shape.writeInt32(2, 11);
                for (long dimension : dimensions) {
                    shape.writeInt64(3, dimension);
                }
            }));
            out.writeInt64(35, id);
            more.write(out);
        });
    }

    private static byte[] message(Fields fields) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        fields.write(out);
        out.flush();
        return bytes.toByteArray();
    }
}
