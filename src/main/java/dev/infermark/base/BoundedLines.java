package dev.infermark.base;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Path;

/** A text whose lines are short enough to be held; reading it fails at a longer one. */
final class BoundedLines extends FilterReader {
    private static final int MOST = 1_000_000;

    private final Path file;
    private int length;

    BoundedLines(Path file, Reader in) {
        super(in);
        this.file = file;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            count((char) next);
        }
        return next;
    }

    @Override
    public int read(char[] buffer, int offset, int most) throws IOException {
        int read = super.read(buffer, offset, most);
        for (int i = offset; i < offset + read; i++) {
            count(buffer[i]);
        }
        return read;
    }

    private void count(char next) {
        length = next == '\n' || next == '\r' ? 0 : length + 1;
        if (length > MOST) {
            throw new UserError("cannot read " + file + ": a line has more than " + MOST
                    + " characters; is it a text file of the kind that is expected?");
        }
    }
}
