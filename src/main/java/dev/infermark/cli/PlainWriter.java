package dev.infermark.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.Writer;

/**
 * Shows control characters as escapes such as {@code \x1b}, so that a name in a file cannot steer the terminal. Line
 * feeds and tabs pass. Not safe for several threads without a lock, as any {@link FilterWriter}.
 */
final class PlainWriter extends FilterWriter {
    PlainWriter(Writer out) {
        super(out);
    }

    @Override
    public void write(int c) throws IOException {
        if (isPlain((char) c)) {
            out.write(c);
        } else {
            out.write(String.format(c < 0x100 ? "\\x%02x" : "\\u%04x", c));
        }
    }

    @Override
    public void write(char[] text, int offset, int length) throws IOException {
        write(new String(text, offset, length), 0, length);
    }

    @Override
    public void write(String text, int offset, int length) throws IOException {
        int from = offset;
        for (int i = offset; i < offset + length; i++) {
            if (!isPlain(text.charAt(i))) {
                out.write(text, from, i - from);
                write(text.charAt(i));
                from = i + 1;
            }
        }
        out.write(text, from, offset + length - from);
    }

    /** Neither a control character nor one that turns the direction of writing. */
    private static boolean isPlain(char c) {
        return c == '\n' || c == '\t' || !(Character.isISOControl(c)
                || (c >= '\u202a' && c <= '\u202e')
                || (c >= '\u2066' && c <= '\u2069'));
    }
}
