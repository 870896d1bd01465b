package dev.infermark.csv;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/** Remembers the last character that was read, so that at the end of a file one can tell whether it ends its line. */
final class LineEndReader extends FilterReader {
    private int last = '\n';

    LineEndReader(Reader reader) {
        super(reader);
    }

    /** Whether what was read so far ends with a line end. */
    boolean isAtLineEnd() {
        return last == '\n' || last == '\r';
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        if (next >= 0) {
            last = next;
        }
        return next;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            last = buffer[offset + count - 1];
        }
        return count;
    }
}
