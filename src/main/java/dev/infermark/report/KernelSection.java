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

    private static List<Block> comparison(List<KernelComparison> all) {
        List<KernelComparison> kernels = all.stream().filter(KernelComparison::isComparable).toList();
        List<BarPlot> plots = new ArrayList<>(KernelPlots.times(kernels));
        plots.addAll(KernelPlots.peers(kernels));
        List<Block> blocks = new ArrayList<>(List.of(
                new Block.Text("Each operation runs on one thread of the host: “reference” is plain Java that defines"
                        + " the result, “simd” our kernel on the Vector API, other names are peers. Beside it stands"
                        + " what one NeuronCore of each generation is modelled to take for the same operation, type"
                        + " and shape: the documented cycles of the engine that works longest, with operands and"
                        + " result in on-chip memory. No time of a host, a call or the device memory is in it, nor"
                        + " what is calibrated about whole networks. Solid bars are measured, hatched bars are"
                        + " modelled, and a missing bar is unsupported or was not measured."),
                new Block.Plots(plots),
                new Block.Grid("kernels", "Median time of an operation", KernelTables.operations(kernels))));
        String reasons = reasons(kernels);
        if (!reasons.isEmpty()) {
            blocks.add(new Block.Text("Unsupported: " + reasons + "."));
        }
        blocks.add(new Block.Folded(
                "Every row with its forks, and what else was measured",
                List.of(
                        new Block.Text("Rows without a modelled time have no counterpart on a NeuronCore: multiplyAdd"
                                + " is this host's own bound, the multiply-adds of a product of its shape all in"
                                + " registers; others time parts of this program."),
                        new Block.Grid("kernels-rows", "One line per implementation", KernelTables.rows(all)))));
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
