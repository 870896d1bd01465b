package dev.infermark.report.blog;

import dev.infermark.validate.blog.HeldOutBlog;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A workload of the blog's table on both generations.
 *
 * @param inf1 its row on Inf1
 * @param inf2 its row on Inf2
 */
record BlogWorkload(HeldOutBlog.Answer inf1, HeldOutBlog.Answer inf2) {
    private static final Map<String, String> TITLES =
            Map.of("bert-large-uncased", "BERT large", "electra-large-discriminator", "ELECTRA large");
    private static final MathContext THREE_DIGITS = new MathContext(3, RoundingMode.HALF_UP);

    /** The workloads in the order of the post. */
    static List<BlogWorkload> of(List<HeldOutBlog.Answer> answers) {
        List<HeldOutBlog.Answer> first = BlogReport.of(answers, "inf1");
        List<HeldOutBlog.Answer> second = BlogReport.of(answers, "inf2");
        return IntStream.range(0, first.size())
                .mapToObj(i -> new BlogWorkload(first.get(i), second.get(i)))
                .toList();
    }

    /** The network in words. */
    String model() {
        String name = inf1.published().model();
        return TITLES.getOrDefault(name, name);
    }

    /** The network and its batch. */
    String title() {
        return model() + ", batch\u00a0" + inf1.published().batch();
    }

    List<HeldOutBlog.Answer> answers() {
        return List.of(inf1, inf2);
    }

    /** Published throughput of Inf2 over that of Inf1. */
    BigDecimal derivedThroughputRatio() {
        return inf2.published().callsPerSecond().divide(inf1.published().callsPerSecond(), THREE_DIGITS);
    }

    /** Modelled latency of Inf1 over that of Inf2, which is the ratio of throughputs too, with one client. */
    double modelledRatio() {
        return inf1.latencyMillis() / inf2.latencyMillis();
    }

    /** Whether the published latency lies outside the 90 % interval of the modelled one. */
    static boolean isOutside(HeldOutBlog.Answer answer) {
        return !answer.interval().contains(answer.latencyMillis(), answer.published().latencyMillis());
    }
}
