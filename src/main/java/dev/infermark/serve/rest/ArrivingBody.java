package dev.infermark.serve.rest;

import dev.infermark.serve.pacing.PacedClock;
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
        int read = super.read();
        if (read >= 0) {
            arrivalNanos = clock.nanos();
        }
        return read;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        if (read >= 0) {
            arrivalNanos = clock.nanos();
        }
        return read;
    }
}
