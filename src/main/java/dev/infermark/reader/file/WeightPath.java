package dev.infermark.reader.file;

import com.google.protobuf.WireFormat;
import dev.infermark.base.UserError;
import java.io.ByteArrayOutputStream;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.Set;

/**
 * Where a format keeps its weights: which fields of a message lead to them, and which fields hold them. Messages are
 * copied without long weights before they are parsed, as parsing takes memory for every byte.
 *
 * @param inner for each field that leads to weights, where they are in the message that it holds
 * @param weights the numbers of the fields that hold weights
 */
public record WeightPath(Map<Integer, WeightPath> inner, Set<Integer> weights) {
    /** Shorter ones may be shapes or numbers that change what is computed. */
    private static final int SHORTEST_WEIGHTS = 1 << 18;

    /** A network without its weights has some megabytes. */
    private static final int MOST_BYTES = 200_000_000;

    private static final int MOST_PARTS = 3_000_000;

    /** A message whose fields of these numbers lead to weights. */
    public static WeightPath through(Map<Integer, WeightPath> inner) {
        return new WeightPath(inner, Set.of());
    }

    /** A message that holds weights in the fields of these numbers. */
    public static WeightPath at(Integer... fields) {
        return new WeightPath(Map.of(), Set.of(fields));
    }

    /** The message without long weights; what is no valid message is left as it is, for the parser to refuse. */
    byte[] strip(ByteBuffer message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteBuffer in = message.duplicate();
        int parts = 0;
        while (in.hasRemaining()) {
            int start = in.position();
            if (++parts > MOST_PARTS) {
                throw new UserError("the file has more than " + MOST_PARTS + " parts, more than any network; export it"
                        + " again");
            }
            if (!copyField(in, out)) {
                copy(in.position(start), in.limit(), out);
            }
        }
        return out.toByteArray();
    }

    /** Whether a field of the message could be read; it is copied, or left out. */
    private boolean copyField(ByteBuffer in, ByteArrayOutputStream out) {
        int start = in.position();
        try {
            int tag = (int) readNumber(in);
            if (WireFormat.getTagWireType(tag) != WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                boolean isSkipped = skipNumber(in, tag);
                if (isSkipped) {
                    int end = in.position();
                    copy(in.position(start), end, out);
                }
                return isSkipped;
            }
            int header = in.position();
            long length = readNumber(in);
            if (length < 0 || length > in.remaining()) {
                return false;
            }
            int content = in.position();
            int end = content + (int) length;
            int field = WireFormat.getTagFieldNumber(tag);
            if (inner.containsKey(field)) {
                byte[] stripped = inner.get(field).strip(in.duplicate().limit(end));
                copy(in.position(start), header, out);
                writeNumber(stripped.length, out);
                out.writeBytes(stripped);
            } else if (!weights.contains(field) || length < SHORTEST_WEIGHTS) {
                copy(in.position(start), end, out);
            }
            in.position(end);
            return true;
        } catch (BufferUnderflowException | IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean skipNumber(ByteBuffer in, int tag) {
        switch (WireFormat.getTagWireType(tag)) {
            case WireFormat.WIRETYPE_VARINT -> readNumber(in);
            case WireFormat.WIRETYPE_FIXED32 -> in.position(in.position() + Integer.BYTES);
            case WireFormat.WIRETYPE_FIXED64 -> in.position(in.position() + Long.BYTES);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** A number of seven bits to a byte, the lowest first. */
    private static long readNumber(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; shift < Long.SIZE; shift += 7) {
            byte next = in.get();
            number |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number of more than 64 bits");
    }

    private static void writeNumber(int number, ByteArrayOutputStream out) {
        int rest = number;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }

    private static void copy(ByteBuffer in, int end, ByteArrayOutputStream out) {
        if ((long) out.size() + end - in.position() > MOST_BYTES) {
            throw new UserError("the file holds more than " + MOST_BYTES / 1_000_000
                    + " MB beside its weights, more than any network; export it again");
        }
        byte[] bytes = new byte[end - in.position()];
        in.get(bytes);
        out.writeBytes(bytes);
    }
}
