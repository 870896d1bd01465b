package dev.infermark.serve.rest;

import dev.infermark.serve.pacing.PacedClock;
import io.helidon.common.buffers.DataReader;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** A body that remembers when the last of it arrived, so that the time to parse it does not delay its request. */
final class ArrivingBody extends FilterInputStream {
    private final PacedClock clock;
    private long arrivalNanos;

    ArrivingBody(InputStream body, PacedClock clock) {
        super(body);
        this.clock = clock;
        this.arrivalNanos = clock.nanos();
    }

    /** When the last byte that was read came. */
    long arrivalNanos() {
        return arrivalNanos;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            int read = super.read(bytes, offset, length);
            if (read >= 0) {
                arrivalNanos = clock.nanos();
            }
            return read;
        } catch (DataReader.InsufficientDataAvailableException e) {
            throw new IOException("the client sent no more of its body", e);
        }
    }

    @Override
    public void close() {
        // Closing reads on, from a client that may be gone; the server sees to what is left.
    }
}
