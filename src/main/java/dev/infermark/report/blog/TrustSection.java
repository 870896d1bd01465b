package dev.infermark.report.blog;

import dev.infermark.base.NumberKind;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Block.Highlight;
import dev.infermark.report.document.Section;
import dev.infermark.validate.blog.HeldOutBlog;
import java.util.List;
import java.util.Locale;

/** How far the modelled numbers can be trusted. */
public final class TrustSection {
    private TrustSection() {}

    /** The section. */
    public static Section of(List<HeldOutBlog.Answer> answers) {
        long inside = answers.stream().filter(answer -> !BlogWorkload.isOutside(answer)).count();
        return Section.front("trust", "How far to trust it", List.of(
                new Block.Highlights(List.of(
                        new Highlight(percent(HeldOutBlog.meanAbsoluteError(answers)),
                                "mean absolute error of the eight latencies", NumberKind.MODELLED),
                        new Highlight(percent(worst(answers)), "largest absolute error", NumberKind.MODELLED),
                        new Highlight(inside + " of " + answers.size(),
                                "published latencies inside the model's 90 % interval", NumberKind.MODELLED))),
                new Block.Text("The table is a held-out test: the few calibrated parameters were fitted to other"
                        + " published measurements, once for each chip generation and SDK era. What the model cannot"
                        + " predict it refuses. Errors on other models, also with their whole family left out of the"
                        + " fit, are under “Accuracy on other models”.")));
    }

    private static double worst(List<HeldOutBlog.Answer> answers) {
        return answers.stream().mapToDouble(answer -> Math.abs(answer.error())).max().orElseThrow();
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.1f %%", 100 * share);
    }
}
