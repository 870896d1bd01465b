package dev.infermark.reader.hlo;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.WireFormat;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The fields of one protocol buffer message, by number.
 *
 * @param scalars varints and fixed-width numbers as bits
 * @param bytes length-delimited fields: texts, messages, packed numbers
 */
record WireMessage(Map<Integer, List<Long>> scalars, Map<Integer, List<ByteString>> bytes) {

    /** Reads all fields of a message, whose inner messages stay bytes until they are asked for. */
    static WireMessage read(CodedInputStream in) throws IOException {
        Map<Integer, List<Long>> scalars = new HashMap<>();
        Map<Integer, List<ByteString>> bytes = new HashMap<>();
        for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
            int field = WireFormat.getTagFieldNumber(tag);
            switch (WireFormat.getTagWireType(tag)) {
                case WireFormat.WIRETYPE_VARINT -> add(scalars, field, in.readInt64());
                case WireFormat.WIRETYPE_FIXED64 -> add(scalars, field, in.readFixed64());
                case WireFormat.WIRETYPE_FIXED32 -> add(scalars, field, (long) in.readFixed32());
                case WireFormat.WIRETYPE_LENGTH_DELIMITED -> add(bytes, field, in.readBytes());
                default -> throw new IllegalArgumentException("field " + field + " has a wire type of old groups");
            }
        }
        return new WireMessage(scalars, bytes);
    }

    boolean has(int field) {
        return scalars.containsKey(field) || bytes.containsKey(field);
    }

    /** A number, 0 where it is missing. */
    long number(int field) {
        return scalars.containsKey(field) ? scalars.get(field).getLast() : 0;
    }

    /** A repeated number, packed or not. */
    List<Long> numbers(int field) throws IOException {
        List<Long> numbers = new ArrayList<>(scalars.getOrDefault(field, List.of()));
        for (ByteString packed : bytes.getOrDefault(field, List.of())) {
            CodedInputStream in = packed.newCodedInput();
            while (!in.isAtEnd()) {
                numbers.add(in.readInt64());
            }
        }
        return numbers;
    }

    /** A text, empty where it is missing. */
    String text(int field) {
        return bytes.containsKey(field) ? bytes.get(field).getLast().toStringUtf8() : "";
    }

    /** Inner messages. */
    List<WireMessage> messages(int field) throws IOException {
        List<WireMessage> messages = new ArrayList<>();
        for (ByteString content : bytes.getOrDefault(field, List.of())) {
            CodedInputStream in = content.newCodedInput();
            in.enableAliasing(true);
            messages.add(read(in));
        }
        return messages;
    }

    /** The only one of packed floating-point numbers as text, empty where there are more or none. */
    String singleFloat(int field) {
        List<ByteString> packed = bytes.getOrDefault(field, List.of());
        boolean isSingle = packed.size() == 1 && packed.getFirst().size() == 4;
        return isSingle
                ? String.valueOf(packed.getFirst().asReadOnlyByteBuffer()
                        .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                        .getFloat())
                : "";
    }

    private static <T> void add(Map<Integer, List<T>> fields, int field, T value) {
        fields.computeIfAbsent(field, _ -> new ArrayList<>()).add(value);
    }
}
