package dev.infermark.report.kernels;

import dev.infermark.bench.result.HostLimits;
import dev.infermark.jmh.Provenance;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Section;
import dev.infermark.report.plot.BarPlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Kernels on the host beside Inf1 and Inf2. */
public final class KernelSection {
    private KernelSection() {}

    /** The section of a run, if there is one, and of what the chips are modelled to take. */
    public static Section of(Optional<MeasuredRun> run, List<KernelComparison> kernels) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(run.<Block>map(KernelSection::origin).orElseGet(() -> new Block.Notice(
                "No measurements yet: run “mvn verify -Pbench”, which measures the kernels on this host and writes"
                        + " this report anew.")));
        if (!kernels.isEmpty()) {
            HostLimits limits = HostLimits.of(run.orElseThrow().results());
            blocks.addAll(peers(kernels, limits));
            blocks.addAll(comparison(kernels, limits));
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

    private static List<Block> peers(List<KernelComparison> kernels, HostLimits limits) {
        List<BarPlot> plots = KernelPlots.rates(kernels, limits);
        return List.of(
                new Block.Text("First our kernels against other libraries on the same host, in the same run and on the"
                        + " same number of threads: above 1 ours is faster. A ratio or share is the median of each"
                        + " round's, for a host is slower for minutes at a time; bars and lines are medians by"
                        + " themselves. The limit is this machine's own: what the"
                        + " multiply-adds of the operation take all in registers, or what its bytes take to pass the"
                        + " memory that holds them, whichever is longer, both measured in the same run. Libraries that"
                        + " were not installed are not shown. N/A says that the run lacks the rulers, or that the least"
                        + " work of an operation is not known."),
                new Block.Grid("kernels-summary", "Ours against peers and limit", PeerTables.summary(kernels, limits)),
                plots.isEmpty()
                        ? new Block.Text("No other library was measured beside our kernels in this run.")
                        : new Block.Plots(plots),
                new Block.Folded(
                        "Every shape against peers and limit",
                        List.of(new Block.Grid("kernels-peers", "Ours by shape", PeerTables.rows(kernels, limits)))));
    }

    private static List<Block> comparison(List<KernelComparison> all, HostLimits limits) {
        List<KernelComparison> kernels = all.stream().filter(KernelComparison::isComparable).toList();
        List<Block> blocks = new ArrayList<>(List.of(
                new Block.Text("Now our kernel on the Vector API beside the cores; plain Java is the reference that"
                        + " defines its result. Beside it stands what one NeuronCore of each generation is modelled"
                        + " to take for the same operation, type and shape: the documented"
                        + " cycles of the engine that works longest, with operands and"
                        + " result in on-chip memory. No time of a host, a call or the device memory is in it, nor"
                        + " what is calibrated about whole networks. Solid bars are measured, hatched bars are"
                        + " modelled, and a missing bar is unsupported or was not measured."),
                new Block.Plots(KernelPlots.times(kernels)),
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
                                + " registers; read and copy are the speed of its memory at working sets of so many"
                                + " elements; others time parts of this program."),
                        new Block.Grid(
                                "kernels-rows", "One line per implementation", KernelTables.rows(all, limits)))));
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
