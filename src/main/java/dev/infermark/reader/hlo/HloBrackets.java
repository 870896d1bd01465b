package dev.infermark.reader.hlo;

/** Counts the brackets of an instruction that goes over several lines, each character once. */
final class HloBrackets {
    private int depth;
    private boolean isQuoted;

    /** Reads on. */
    void read(CharSequence line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && (i == 0 || line.charAt(i - 1) != '\\')) {
                isQuoted = !isQuoted;
            } else if (!isQuoted) {
                depth += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
            }
        }
    }

    /** Whether the instruction goes on. */
    boolean areOpen() {
        return depth > 0;
    }
}
