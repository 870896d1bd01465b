package dev.infermark.validate.blog;

import dev.infermark.hardware.FigureKind;
import java.util.List;

/** How the blog's table was measured, as far as the post says. */
public final class BlogSetup {
    private BlogSetup() {}

    /**
     * One fact.
     *
     * @param name what it is about
     * @param value as the post prints it
     * @param kind whether the post says so
     * @param source where it says so, or what it is inferred from
     */
    public record Fact(String name, String value, FigureKind kind, String source) {}

    /** Every fact. */
    public static List<Fact> facts() {
        return BlogFile.read("blog-setup.csv").stream()
                .map(row -> new Fact(
                        row.required("fact"),
                        row.required("value"),
                        FigureKind.ofLabel(row.required("kind")),
                        row.required("source")))
                .toList();
    }

    /** The value of a fact. */
    static String value(String name) {
        return facts().stream()
                .filter(fact -> fact.name().equals(name))
                .findFirst()
                .orElseThrow()
                .value();
    }
}
