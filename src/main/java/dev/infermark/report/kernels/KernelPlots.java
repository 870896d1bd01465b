package dev.infermark.report.kernels;

import dev.infermark.base.NumberKind;
import dev.infermark.bench.result.HostLimits;
import dev.infermark.bench.result.MeasuredRow;
import dev.infermark.bench.result.Operation;
import dev.infermark.compare.CoreTime;
import dev.infermark.compare.KernelComparison;
import dev.infermark.compare.KernelSummary;
import dev.infermark.report.document.Block.Figure;
import dev.infermark.report.plot.Bar;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.plot.BarPlot.Mark;
import dev.infermark.report.plot.Hue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** One plot for each question about kernels. */
public final class KernelPlots {
    private static final String OURS = "simd";
    private static final String LIMIT = "limit";
    private static final String SOURCE = "measured on the host named above; NeuronCores modelled by Infermark";
    private static final int ENDS = 8;
    private static final Map<String, Hue> LIBRARIES = Map.of(
            "openblas", Hue.BLUE,
            "onednn", Hue.ORANGE,
            "onnxruntime", Hue.PURPLE,
            "ejml", Hue.SKY,
            "ojalgo", Hue.AMBER);

    private KernelPlots() {}

    /** How near to the limit, how fast beside other libraries, and how long beside a NeuronCore. */
    public static List<Figure> of(List<KernelComparison> kernels, HostLimits limits) {
        List<KernelSummary> summaries = KernelSummary.of(kernels, limits);
        return Stream.of(limit(summaries), peers(summaries), cores(kernels)).flatMap(Optional::stream).toList();
    }

    private static Optional<Figure> limit(List<KernelSummary> summaries) {
        List<KernelSummary> all = summaries.stream()
                .filter(line -> line.against().equals(LIMIT))
                .sorted(Comparator.comparingDouble(KernelSummary::geometricMean).reversed())
                .toList();
        boolean isLong = all.size() > 2 * ENDS;
        List<KernelSummary> lines = isLong
                ? Stream.concat(all.stream().limit(ENDS), all.stream().skip(all.size() - ENDS)).toList()
                : all;
        BarPlot.Series share = new BarPlot.Series("ours", Hue.GREEN, NumberKind.MEASURED, lines.stream()
                .map(line -> Optional.of(mean(line, 100)))
                .toList());
        return figure(
                "kernels-summary",
                "kernels-limit",
                "How near do our kernels come to the limit of this machine?"
                        + (isLong ? " Best and worst " + ENDS + " of " + all.size() : ""),
                "% of the limit, geometric mean over shapes",
                lines.stream().map(line -> marked(name(line), List.of(line))).toList(),
                List.of(share, ticks("limit", lines.size(), 100)));
    }

    private static Optional<Figure> peers(List<KernelSummary> summaries) {
        Map<String, List<KernelSummary>> groups = new LinkedHashMap<>();
        summaries.stream().filter(line -> LIBRARIES.containsKey(line.against())).forEach(line ->
                groups.computeIfAbsent(name(line), _ -> new ArrayList<>()).add(line));
        List<BarPlot.Series> series = new ArrayList<>();
        groups.values().stream().flatMap(List::stream).map(KernelSummary::against).distinct().sorted().forEach(peer ->
                series.add(new BarPlot.Series(
                        "over " + peer,
                        LIBRARIES.getOrDefault(peer, Hue.GREY),
                        NumberKind.MEASURED,
                        groups.values().stream().map(lines -> speed(lines, peer)).toList())));
        series.add(ticks("as fast", groups.size(), 1));
        return figure(
                "kernels-summary",
                "kernels-peers-speed",
                "How many times as fast as other libraries are our kernels?",
                "times, geometric mean over shapes",
                groups.entrySet().stream().map(group -> marked(group.getKey(), group.getValue())).toList(),
                series);
    }

    private static Optional<Bar> speed(List<KernelSummary> lines, String peer) {
        return lines.stream()
                .filter(line -> line.against().equals(peer))
                .map(line -> mean(line, 1))
                .findFirst();
    }

    /** The mean over shapes with its error as a whisker, where all rows have several forks. */
    private static Bar mean(KernelSummary line, double scale) {
        double mean = scale * line.geometricMean();
        return line.error().isPresent()
                ? Bar.of(mean).withSpread(
                        mean * Math.max(0, 1 - line.error().getAsDouble()), mean * (1 + line.error().getAsDouble()))
                : Bar.of(mean);
    }

    private static Optional<Figure> cores(List<KernelComparison> kernels) {
        List<KernelComparison> matmuls = kernels.stream()
                .filter(kernel -> kernel.operation() == Operation.Matmul.MATMUL && kernel.type().equals("bf16"))
                .filter(kernel -> kernel.of(OURS).isPresent())
                .limit(ENDS)
                .toList();
        return figure(
                "kernels",
                "kernels-cores",
                "How long does a BF16 matmul take on this host and on one NeuronCore?",
                "µs; groups are M × K × N",
                matmuls.stream().map(KernelPlots::shape).toList(),
                List.of(
                        series("this host", Hue.GREEN, NumberKind.MEASURED, matmuls, kernel ->
                                kernel.of(OURS).map(KernelPlots::measured)),
                        series("Inf1", Hue.BLUE, NumberKind.MODELLED, matmuls, kernel -> bar(kernel.inf1())),
                        series("Inf2", Hue.ORANGE, NumberKind.MODELLED, matmuls, kernel -> bar(kernel.inf2()))));
    }

    private static Optional<Figure> figure(
            String data, String name, String title, String axis, List<String> groups, List<BarPlot.Series> series) {
        return groups.isEmpty()
                ? Optional.empty()
                : Optional.of(new Figure(new BarPlot(name, title, axis, groups, series), SOURCE, data));
    }

    private static BarPlot.Series ticks(String label, int groups, double value) {
        return new BarPlot.Series(label, Hue.BLACK, NumberKind.MEASURED, Mark.TICK,
                Stream.generate(() -> Optional.of(Bar.of(value))).limit(groups).toList());
    }

    private static BarPlot.Series series(
            String label,
            Hue hue,
            NumberKind kind,
            List<KernelComparison> kernels,
            Function<KernelComparison, Optional<Bar>> bar) {
        return new BarPlot.Series(label, hue, kind, kernels.stream().map(bar).toList());
    }

    /** The name, and a warning where rows had not settled. */
    private static String marked(String name, List<KernelSummary> lines) {
        return lines.stream().anyMatch(line -> line.unsteady() > 0) ? name + " (not steady)" : name;
    }

    /** The shape, and a warning where the kernel of ours had not settled. */
    private static String shape(KernelComparison kernel) {
        boolean isUnsteady = kernel.of(OURS).filter(row -> row.steadiness().isUnsteady()).isPresent();
        return ShapeWords.of(kernel) + (isUnsteady ? " (not steady)" : "");
    }

    /** The median with its error as a whisker, where several forks tell one. */
    private static Bar measured(MeasuredRow row) {
        Bar bar = Bar.of(row.micros());
        if (row.error().isEmpty()) {
            return bar;
        }
        double error = row.error().getAsDouble() * row.micros() / row.median();
        return bar.withSpread(Math.max(0, row.micros() - error), row.micros() + error);
    }

    private static Optional<Bar> bar(CoreTime time) {
        return switch (time) {
            case CoreTime.Modelled(double seconds) -> Optional.of(Bar.of(1e6 * seconds));
            case CoreTime.Unsupported _, CoreTime.Unmodelled _, CoreTime.NotComparable _ -> Optional.empty();
        };
    }

    private static String name(KernelSummary line) {
        return line.operation().label() + " " + line.type();
    }
}
