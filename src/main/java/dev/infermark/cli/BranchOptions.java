package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Network;
import dev.infermark.reader.BranchPath;
import dev.infermark.reader.BranchProbabilities;
import dev.infermark.report.prediction.BranchReport;
import dev.infermark.report.table.Table;
import java.util.List;
import java.util.stream.Collectors;
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
    Table table(Call call) {
        List<BranchPath> paths =
                BranchPath.of(call.source(), call.workload(), BranchProbabilities.parse(texts));
        return BranchReport.table(paths.stream()
                .map(path -> new BranchReport.Way(
                        path.taken().entrySet().stream()
                                .map(taken -> taken.getKey() + "=" + taken.getValue())
                                .collect(Collectors.joining(" ")),
                        path.probability(),
                        call.predict(new Network(
                                path.graph(), call.source().batch(path.graph(), call.workload()), call.custom()))))
                .toList());
    }

    /** Refuses to be given beside what has no conditionals, or where only one way is looked at. */
    void refuse(String option) {
        if (isGiven()) {
            throw new UserError("--branch-probability and " + option + " exclude each other; leave one of them out");
        }
    }
}
