package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.deploy.ExpectedQuote;
import dev.infermark.deploy.Network;
import dev.infermark.hardware.PriceBook;
import dev.infermark.reader.BranchPath;
import dev.infermark.reader.BranchProbabilities;
import java.util.List;
import picocli.CommandLine.Option;

/** How likely the branches of a model file's conditionals are. */
final class BranchOptions {
    @Option(
            names = "--branch-probability",
            paramLabel = "[NAME=]P[:P…]",
            description =
                    "Probability of the first (then, true) branch of a conditional of a model file, or of each of its"
                            + " branches; without NAME of all. Each way is predicted, and the expected call. Without"
                            + " it a conditional is refused, unless its condition is known.")
    private List<String> texts = List.of();

    boolean isGiven() {
        return !texts.isEmpty();
    }

    /** Each way through the conditionals of a model, and what is to be expected. */
    ExpectedQuote expected(Call call, PriceBook book) {
        List<BranchPath> paths =
                BranchPath.of(call.source(), call.workload(), BranchProbabilities.parse(texts));
        return new ExpectedQuote(paths.stream()
                .map(path -> new ExpectedQuote.Way(
                        path.words(),
                        path.probability(),
                        call.quoter().quote(
                                new Network(
                                        path.graph(),
                                        call.source().batch(path.graph(), call.workload()),
                                        call.custom()),
                                call.deployment(),
                                call.precision(),
                                book)))
                .toList());
    }

    /** Refuses to be given beside what has no conditionals, or where only one way is looked at. */
    void refuse(String option) {
        if (isGiven()) {
            throw new UserError("--branch-probability and " + option + " exclude each other; leave one of them out");
        }
    }
}
