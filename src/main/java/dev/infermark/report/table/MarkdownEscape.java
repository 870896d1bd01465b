package dev.infermark.report.table;

import java.util.regex.Pattern;

/** Makes words that others chose, such as the names of benchmarks, mean nothing to GitHub's Markdown. */
public final class MarkdownEscape {
    private static final int LONGEST = 400;
    private static final Pattern MARKUP = Pattern.compile("[\\\\`*_{}\\[\\]#|~!]");
    /** What would address a person or a team, or become a link by itself. */
    private static final Pattern MENTION = Pattern.compile("@(?=[\\w-])|(?<=\\w)://|(?<=www)\\.");
    /** Controls, and marks that reverse the direction of text. */
    private static final Pattern INVISIBLE =
            Pattern.compile("[\\p{Cc}\\u2028\\u2029\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069]");

    private MarkdownEscape() {}

    /** The words on one line without any markup, cut where they are very long. */
    public static String text(String words) {
        return prose(words.length() <= LONGEST ? words : words.substring(0, LONGEST) + "…");
    }

    /** Words of any length, such as a sentence that holds names, on one line without any markup. */
    public static String prose(String words) {
        String visible = INVISIBLE.matcher(words).replaceAll(m -> switch (m.group().charAt(0)) {
            case '\n', '\r', '\t', '\u2028', '\u2029' -> " ";
            default -> String.format(java.util.Locale.ROOT, "\\\\x%02x", (int) m.group().charAt(0));
        });
        String safe = visible.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
        String escaped = MARKUP.matcher(safe).replaceAll("\\\\$0");
        // An empty comment breaks the mention and the link, and shows nothing.
        return MENTION.matcher(escaped).replaceAll("$0<!-- -->");
    }
}
