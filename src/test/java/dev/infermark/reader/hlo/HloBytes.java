package dev.infermark.reader.hlo;

import com.google.protobuf.CodedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/** What the two forms of an HLO module are written with. */
final class HloBytes {

    private static final int TUPLE = 13;

    private HloBytes() {}

    /** Fields of a message. */
    interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    static byte[] message(Fields fields) {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            CodedOutputStream out = CodedOutputStream.newInstance(bytes);
            fields.write(out);
            out.flush();
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static byte[] attributes(String key, String value) {
        return message(map -> map.writeByteArray(1, message(entry -> {
            entry.writeString(1, key);
            entry.writeString(2, value);
        })));
    }

    static String quoted(String value) {
        return '"' + value.replace("\"", "\\\"") + '"';
    }

    static byte[] opSharding(boolean copies, long... tiles) {
        return message(sharding -> {
            sharding.writeInt32(1, 3);
            numbers(sharding, 3, tiles);
            sharding.writeBool(6, copies);
        });
    }

    static int elementType(String element) {
        return switch (element) {
            case "pred" -> 1;
            case "s32" -> 4;
            case "f32" -> 11;
            default -> throw new IllegalArgumentException(element);
        };
    }

    static byte[] shape(String element, long... dimensions) {
        return message(shape -> {
            shape.writeInt32(2, elementType(element));
            numbers(shape, 3, dimensions);
            shape.writeByteArray(5, message(layout -> numbers(layout, 1, minorToMajor(dimensions))));
        });
    }

    static byte[] tuple(List<byte[]> parts) {
        return message(shape -> {
            shape.writeInt32(2, TUPLE);
            for (byte[] part : parts) {
                shape.writeByteArray(4, part);
            }
        });
    }

    static long[] minorToMajor(long... dimensions) {
        return LongStream.range(0, dimensions.length).map(i -> dimensions.length - 1 - i).toArray();
    }

    static void numbers(CodedOutputStream out, int field, long... numbers) throws IOException {
        if (numbers.length > 0) {
            out.writeByteArray(field, message(packed -> {
                for (long number : numbers) {
                    packed.writeInt64NoTag(number);
                }
            }));
        }
    }

    static String braces(long... numbers) {
        return numbered("{", numbers, "}");
    }

    static String numbered(String open, long[] numbers, String close) {
        return Arrays.stream(numbers).mapToObj(String::valueOf).collect(Collectors.joining(",", open, close));
    }
}
