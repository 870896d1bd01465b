package dev.infermark.reader.file;

import java.io.InputStream;
import java.nio.ByteBuffer;

/** A buffer as a stream, which skips without looking at what it skips. */
final class BufferStream extends InputStream {
    private final ByteBuffer rest;

    BufferStream(ByteBuffer buffer) {
        rest = buffer.duplicate();
    }

    @Override
    public int read() {
        return rest.hasRemaining() ? rest.get() & 0xff : -1;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        if (!rest.hasRemaining()) {
            return length == 0 ? 0 : -1;
        }
        int count = Math.min(length, rest.remaining());
        rest.get(into, offset, count);
        return count;
    }

    @Override
    public long skip(long count) {
        int skipped = Math.clamp(count, 0, rest.remaining());
        rest.position(rest.position() + skipped);
        return skipped;
    }
}
