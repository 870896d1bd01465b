package dev.infermark.reader.file;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.WireFormat;
import dev.infermark.base.UserError;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * The messages of a format in which fields are counted before they become objects, each of which takes some hundred
 * bytes of memory however few it takes in the file.
 */
public final class MessageParts {
    /** Large networks have some hundred thousand. */
    private static final int MOST_PARTS = 3_000_000;

    private final Map<Integer, MessageParts> inner = new HashMap<>();

    /** Counts the fields of a message in a field as well; a message may lie in itself. */
    public MessageParts through(int field, MessageParts message) {
        inner.put(field, message);
        return this;
    }

    /**
     * Refuses a message of more parts than any network has; one that is broken is left to its parser.
     *
     * @throws UserError when there are too many
     */
    void check(byte[] message) throws IOException {
        count(message, 0, message.length, 0);
    }

    /** The parts of all messages so far, those in a range of bytes included. */
    private int count(byte[] bytes, int start, int length, int before) throws IOException {
        int parts = before;
        CodedInputStream message = CodedInputStream.newInstance(bytes, start, length);
        try {
            for (int tag = message.readTag(); tag != 0; tag = message.readTag()) {
                if (++parts > MOST_PARTS) {
                    throw new UserError("the file has more than " + MOST_PARTS
                            + " parts, more than any network; export it again");
                }
                MessageParts known = inner.get(WireFormat.getTagFieldNumber(tag));
                if (known != null && WireFormat.getTagWireType(tag) == WireFormat.WIRETYPE_LENGTH_DELIMITED) {
                    int size = message.readRawVarint32();
                    int at = start + message.getTotalBytesRead();
                    message.skipRawBytes(size);
                    parts = known.count(bytes, at, size, parts);
                } else if (!message.skipField(tag)) {
                    break;
                }
            }
        } catch (InvalidProtocolBufferException _) {
            // A text where another version of the format has a message, or broken: the parser tells.
            return parts;
        }
        return parts;
    }
}
