package dev.infermark.validate.blog;

import java.util.List;

/** What the blog post claims in its text, word for word. */
public final class BlogClaims {
    private BlogClaims() {}

    /** What a claim is about. */
    public enum Subject {
        /** Throughput of Inferentia2 over Inferentia1. */
        THROUGHPUT("throughput"),
        /** Latency of Inferentia1 over Inferentia2. */
        LATENCY("lower latency"),
        /** Device memory of a chip. */
        MEMORY_CAPACITY("memory of a chip"),
        /** Bandwidth of the device memory of a chip. */
        MEMORY_BANDWIDTH("memory bandwidth of a chip"),
        /** Device memory of all chips of inf2.48xlarge. */
        INSTANCE_MEMORY("memory of inf2.48xlarge"),
        /** Throughput of Inf1 over other instances. */
        INF1_THROUGHPUT("throughput of Inf1"),
        /** Cost of Inf1 below that of other instances. */
        INF1_COST("lower cost per inference of Inf1"),
        /** Performance per watt of Inf2 over other instances. */
        PERFORMANCE_PER_WATT("performance per watt of Inf2");

        private final String title;

        Subject(String title) {
            this.title = title;
        }

        /** The subject in words. */
        public String title() {
            return title;
        }
    }

    /**
     * One claim.
     *
     * @param subject what it is about
     * @param printed the figure as the post prints it
     * @param against what is compared with, empty where the claim is no comparison
     * @param quote the sentence
     */
    public record Claim(Subject subject, String printed, String against, String quote) {}

    /** Every claim in the order of the post. */
    public static List<Claim> all() {
        return BlogFile.read("blog-claims.csv").stream()
                .map(row -> new Claim(
                        Subject.valueOf(row.required("subject")),
                        row.required("printed"),
                        row.text("against"),
                        row.required("quote")))
                .toList();
    }
}
