package dev.infermark.report;

import dev.infermark.bench.Provenance;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Section;
import dev.infermark.report.kernels.CoreTime;
import dev.infermark.report.kernels.KernelComparison;
import dev.infermark.report.kernels.KernelPlots;
import dev.infermark.report.kernels.KernelTables;
import dev.infermark.report.plot.BarPlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kernels on the host beside Inf1 and Inf2. */
final class KernelSection {
    private KernelSection() {}

    static Section of(Optional<MeasuredRun> run, List<KernelComparison> kernels) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(run.<Block>map(KernelSection::origin).orElseGet(() -> new Block.Notice(
                "No measurements yet: run “mvn verify -Pbench”, which measures the kernels on this host and writes"
                        + " this report anew.")));
        if (!kernels.isEmpty()) {
            blocks.addAll(comparison(kernels));
        }
        return new Section("kernels", "Kernels on the host beside Inf1 and Inf2", blocks);
    }

    private static Block origin(MeasuredRun run) {
        Provenance provenance = run.provenance();
        String where = provenance.get(Provenance.Fact.CPU) + ", profile " + provenance.get(Provenance.Fact.PROFILE)
                + ", " + provenance.get(Provenance.Fact.DATE);
        return switch (run.origin()) {
            case OWN -> new Block.Text("Measured on " + where + ".");
            case BASELINE -> new Block.Notice("Not measured on this host: this is the baseline committed with the"
                    + " project (" + where + "). Run “mvn verify -Pbench” to measure here.");
        };
    }

    private static List<Block> comparison(List<KernelComparison> kernels) {
        List<BarPlot> plots = new ArrayList<>(KernelPlots.times(kernels));
        plots.addAll(KernelPlots.peers(kernels));
        List<Block> blocks = new ArrayList<>(List.of(
                new Block.Text("Each operation runs on one thread of the host: “reference” is plain Java that defines"
                        + " the result, “simd” our kernel on the Vector API, other names are peers. Beside it stands"
                        + " what one NeuronCore of each generation is modelled to take for the same operation, type"
                        + " and shape: the time of its engines with operands and result in on-chip memory, without"
                        + " host, call or transfers from device memory. Solid bars are measured, hatched bars are"
                        + " modelled, and a missing bar is unsupported. The row multiplyAdd is this host's own bound: the"
                        + " multiply-adds of a product of its shape, all in registers."),
                new Block.Plots(plots),
                new Block.Grid("kernels", "Median time of an operation", KernelTables.operations(kernels))));
        String reasons = reasons(kernels);
        if (!reasons.isEmpty()) {
            blocks.add(new Block.Text("Unsupported: " + reasons + "."));
        }
        blocks.add(new Block.Folded(
                "Every row with its spread over forks",
                List.of(new Block.Grid("kernels-rows", "One line per implementation", KernelTables.rows(kernels)))));
        return blocks;
    }

    private static String reasons(List<KernelComparison> kernels) {
        return kernels.stream()
                .flatMap(kernel -> Stream.of(kernel.inf1(), kernel.inf2()))
                .filter(CoreTime.Unsupported.class::isInstance)
                .map(time -> ((CoreTime.Unsupported) time).reason())
                .distinct()
                .collect(Collectors.joining("; "));
    }
}
