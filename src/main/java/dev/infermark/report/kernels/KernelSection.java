package dev.infermark.report.kernels;

import dev.infermark.bench.result.HostLimits;
import dev.infermark.compare.CoreTime;
import dev.infermark.compare.KernelComparison;
import dev.infermark.jmh.Provenance;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Section;
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
                        + " this report again.")));
        if (!kernels.isEmpty()) {
            HostLimits limits = HostLimits.of(run.orElseThrow().results());
            blocks.add(new Block.Figures(KernelPlots.of(kernels, limits)));
            blocks.add(new Block.Text(ShapeWords.KEY));
            blocks.addAll(peers(kernels, limits));
            blocks.addAll(comparison(kernels, limits));
        }
        return Section.detail("kernels", "Kernels on this host beside Inf1 and Inf2", blocks);
    }

    private static Block origin(MeasuredRun run) {
        Provenance provenance = run.provenance();
        String generation = provenance.get(Provenance.Fact.CPU_MODEL);
        String where = provenance.get(Provenance.Fact.CPU) + (generation.isEmpty() ? "" : ", " + generation)
                + ", profile " + provenance.get(Provenance.Fact.PROFILE) + ", " + provenance.get(Provenance.Fact.DATE);
        if (provenance.get(Provenance.Fact.PROFILE).equals("smoke")) {
            return new Block.Notice("Measured on " + where + ". A smoke run shows that every benchmark works; its"
                    + " numbers are of code that is hardly compiled and say nothing about speed. Run"
                    + " “mvn verify -Pbench” for numbers to trust.");
        }
        return switch (run.origin()) {
            case OWN -> new Block.Text("Measured on " + where + ".");
            case BASELINE -> new Block.Notice("Not measured on this host: this is the baseline committed with the"
                    + " project (" + where + "). Run “mvn verify -Pbench” to measure here.");
        };
    }

    private static List<Block> peers(List<KernelComparison> kernels, HostLimits limits) {
        boolean hasPeers = kernels.stream().anyMatch(kernel -> !kernel.peers().isEmpty());
        return List.of(
                new Block.Text("Our kernels against other libraries on the same host, in the same run and on the same"
                        + " number of threads; above 1 ours is faster. Ratios and shares are medians over rounds, since"
                        + " a host may be slower for minutes at a time. The limit is this machine's own: the time that"
                        + " the operation's multiply-adds take all in registers, or that its bytes take to pass the"
                        + " memory that holds them, whichever is longer, both measured in the same run. N/A: the run"
                        + " lacks the reference benchmarks, or the least work of the operation is not known."
                        + (hasPeers ? "" : " No other library was measured beside our kernels in this run.")),
                new Block.Grid("kernels-summary", "Our kernels against other libraries and the limit",
                        PeerTables.summary(kernels, limits), Optional.of("geometric_mean")),
                new Block.Folded("kernels-by-shape", "Every shape against other libraries and the limit", List.of(
                        new Block.Grid("kernels-peers", "Our kernels by shape", PeerTables.rows(kernels, limits),
                                Optional.of("share_of_limit_percent")))));
    }

    private static List<Block> comparison(List<KernelComparison> all, HostLimits limits) {
        List<KernelComparison> kernels = all.stream().filter(KernelComparison::isComparable).toList();
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Text("The kernels on the Vector API beside one NeuronCore of each generation, for the same"
                + " operation, type and shape. Plain Java is the reference that defines the result. The modelled time"
                + " is the documented cycles of the engine that works longest, with operands and result in on-chip"
                + " memory: it holds no host, call or device-memory time and nothing that was calibrated on whole"
                + " networks."));
        blocks.add(new Block.Grid("kernels", "Median time of an operation", KernelTables.operations(kernels),
                Optional.of("measured_simd_us")));
        String reasons = reasons(kernels);
        if (!reasons.isEmpty()) {
            blocks.add(new Block.Text("Unsupported: " + reasons + "."));
        }
        blocks.add(new Block.Folded("kernels-forks", "Every row with its forks, and what else was measured", List.of(
                new Block.Text("Rows without a modelled time have no counterpart on a NeuronCore: multiplyAdd is this"
                        + " host's bound, the multiply-adds of a matmul of its shape all in registers; read and copy"
                        + " are the bandwidth of its memory at working sets of so many elements; others time parts of"
                        + " this program."),
                new Block.Grid("kernels-rows", "One line per implementation", KernelTables.rows(all, limits),
                        Optional.of("measured_share_of_limit_percent")))));
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
