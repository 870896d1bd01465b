package dev.infermark.report.kernels;

import dev.infermark.base.NumberKind;
import dev.infermark.bench.result.HostLimits;
import dev.infermark.bench.result.Measurement;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.plot.BarPlot.Mark;
import dev.infermark.report.plot.Hue;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Kernels as plots: ours beside modelled cores, and ours beside peers and the machine's limit. */
public final class KernelPlots {
    private static final String OURS = "simd";

    private KernelPlots() {}

    /** Our kernels beside what the cores are modelled to take, in microseconds. */
    public static List<BarPlot> times(List<KernelComparison> comparisons) {
        List<KernelComparison> ours = comparisons.stream()
                .filter(kernel -> kernel.of(OURS).isPresent())
                .toList();
        return PlotGroups.of("kernels", ours).stream()
                .map(KernelPlots::times)
                .toList();
    }

    /** Our kernels beside peers and the limit, as products' or elements' rates; only where there is a peer. */
    public static List<BarPlot> rates(List<KernelComparison> comparisons, HostLimits limits) {
        Map<String, List<KernelComparison>> units = comparisons.stream()
                .filter(kernel -> !kernel.peers().isEmpty() && kernel.rate(OURS).isPresent())
                .collect(Collectors.groupingBy(
                        kernel -> Rate.unit(kernel.work().orElseThrow()), TreeMap::new, Collectors.toList()));
        List<BarPlot> plots = new ArrayList<>();
        units.forEach((unit, kernels) -> PlotGroups.of("peers-" + unit.replace("/s", ""), kernels)
                .forEach(group -> plots.add(rates(group, unit, limits))));
        return plots;
    }

    private static BarPlot times(PlotGroups group) {
        List<KernelComparison> kernels = group.kernels();
        return plot(
                group,
                "µs per operation",
                BarPlot.Scale.LOGARITHMIC,
                List.of(
                        new BarPlot.Series(
                                "this host",
                                Hue.GREEN,
                                NumberKind.MEASURED,
                                values(kernels, kernel -> kernel.of(OURS).stream()
                                        .mapToDouble(Measurement::micros)
                                        .findFirst())),
                        modelled("Inf1 core", Hue.BLUE, values(kernels, kernel -> micros(kernel.inf1()))),
                        modelled("Inf2 core", Hue.ORANGE, values(kernels, kernel -> micros(kernel.inf2())))));
    }

    private static BarPlot rates(PlotGroups group, String unit, HostLimits limits) {
        List<KernelComparison> kernels = group.kernels();
        List<BarPlot.Series> series = new ArrayList<>();
        for (String name : KernelTables.implementations(kernels)) {
            if (!name.equals("reference")) {
                series.add(new BarPlot.Series(
                        name.equals(OURS) ? "ours" : name,
                        hue(name),
                        NumberKind.MEASURED,
                        values(kernels, kernel -> kernel.rate(name).stream()
                                .mapToDouble(Rate::value)
                                .findFirst())));
            }
        }
        List<OptionalDouble> limit = values(kernels, kernel -> limit(kernel, limits));
        series.add(new BarPlot.Series("limit", Hue.BLACK, NumberKind.MEASURED, Mark.TICK, limit));
        return plot(group, unit, BarPlot.Scale.LINEAR, series);
    }

    /** A plot of the series that have a value for any of the group's kernels. */
    private static BarPlot plot(PlotGroups group, String axis, BarPlot.Scale scale, List<BarPlot.Series> series) {
        return new BarPlot(
                group.name(),
                group.title(),
                axis,
                scale,
                BarPlot.Direction.RIGHT,
                group.kernels().stream().map(group.label()).toList(),
                series.stream()
                        .filter(bars -> bars.values().stream().anyMatch(OptionalDouble::isPresent))
                        .toList());
    }

    private static OptionalDouble limit(KernelComparison kernel, HostLimits limits) {
        return limits.micros(kernel.measured().getFirst().id()).stream()
                .map(micros -> Rate.of(kernel.work().orElseThrow(), micros).value())
                .findFirst();
    }

    private static List<OptionalDouble> values(
            List<KernelComparison> kernels, Function<KernelComparison, OptionalDouble> value) {
        return kernels.stream().map(value).toList();
    }

    private static OptionalDouble micros(CoreTime time) {
        return switch (time) {
            case CoreTime.Modelled(double seconds) -> OptionalDouble.of(1e6 * seconds);
            case CoreTime.Unsupported _, CoreTime.Unmodelled _, CoreTime.NotComparable _ -> OptionalDouble.empty();
        };
    }

    private static BarPlot.Series modelled(String label, Hue hue, List<OptionalDouble> values) {
        return new BarPlot.Series(label, hue, NumberKind.MODELLED, values);
    }

    private static Hue hue(String implementation) {
        return switch (implementation) {
            case OURS -> Hue.GREEN;
            case "openblas" -> Hue.BLUE;
            case "onednn" -> Hue.ORANGE;
            case "onnxruntime" -> Hue.PURPLE;
            case "ejml" -> Hue.SKY;
            case "ojalgo" -> Hue.AMBER;
            default -> Hue.GREY;
        };
    }
}
