package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quoter;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.reader.BranchPath;
import dev.infermark.reader.BranchProbabilities;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Workload;
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
    Table table(
            ModelSource source,
            Workload workload,
            CustomSupport custom,
            Quoter quoter,
            Deployment deployment,
            Precision precision) {
        List<BranchPath> paths = BranchPath.of(source, workload, BranchProbabilities.parse(texts));
        return BranchReport.table(paths.stream()
                .map(path -> new BranchReport.Way(
                        path.taken().entrySet().stream()
                                .map(taken -> taken.getKey() + "=" + taken.getValue())
                                .collect(Collectors.joining(" ")),
                        path.probability(),
                        quoter.predict(
                                new Network(path.graph(), source.batch(path.graph(), workload), custom),
                                deployment,
                                precision)))
                .toList());
    }

    /** Refuses to be given beside what has no conditionals, or where only one way is looked at. */
    void refuse(String option) {
        if (isGiven()) {
            throw new UserError("--branch-probability and " + option + " exclude each other; leave one of them out");
        }
    }
}
