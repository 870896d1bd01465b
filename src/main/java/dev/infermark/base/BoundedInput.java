package dev.infermark.base;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;

/** A file's bytes up to a limit, beyond which reading fails; devices have no end. */
final class BoundedInput extends FilterInputStream {
    private static final long MEGA = 1_000_000;

    private final Path file;
    private final long most;
    private long count;

    BoundedInput(Path file, InputStream in, long most) {
        super(in);
        this.file = file;
        this.most = most;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        count(Math.max(read, 0));
        return read;
    }

    @Override
    public long skip(long bytes) throws IOException {
        long skipped = super.skip(bytes);
        count(skipped);
        return skipped;
    }

    @Override
    public boolean markSupported() {
        return false;
    }

    private void count(long more) {
        count += more;
        if (count > most) {
            throw new UserError("cannot read " + file + ": it has more than " + most / MEGA
                    + " MB; name a smaller file, or one that ends");
        }
    }
}
