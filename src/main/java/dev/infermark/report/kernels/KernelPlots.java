package dev.infermark.report.kernels;

import dev.infermark.base.NumberKind;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.plot.Hue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Function;

/** Measured kernels beside modelled cores as plots. */
public final class KernelPlots {
    private static final String AXIS = "µs per operation";

    private KernelPlots() {}

    /** A plot for each operation that was measured in several types, and one for all that were measured in one. */
    public static List<BarPlot> times(List<KernelComparison> comparisons) {
        Map<String, List<KernelComparison>> several = new LinkedHashMap<>();
        List<KernelComparison> single = new ArrayList<>();
        for (KernelComparison kernel : comparisons) {
            boolean inSeveralTypes = comparisons.stream()
                    .anyMatch(other -> other.operation().equals(kernel.operation())
                            && other.shape().equals(kernel.shape())
                            && !other.type().equals(kernel.type()));
            if (inSeveralTypes) {
                several.computeIfAbsent(kernel.operation() + " " + kernel.shape(), _ -> new ArrayList<>()).add(kernel);
            } else {
                single.add(kernel);
            }
        }
        List<BarPlot> plots = new ArrayList<>();
        several.forEach((title, kernels) -> plots.add(
                times("kernels-" + title.replace(' ', '-'), title, kernels, KernelComparison::type)));
        if (!single.isEmpty()) {
            plots.add(times("kernels-other", "Other operations", single, KernelPlots::label));
        }
        return plots;
    }

    /** How many times the reference's speed each implementation has, where there is a peer beside ours. */
    public static List<BarPlot> peers(List<KernelComparison> comparisons) {
        List<KernelComparison> kernels = comparisons.stream()
                .filter(kernel -> kernel.measured().size() > 2 && kernel.of("reference").isPresent())
                .toList();
        if (kernels.isEmpty()) {
            return List.of();
        }
        List<BarPlot.Series> series = KernelTables.implementations(kernels).stream()
                .map(name -> new BarPlot.Series(
                        name,
                        hue(name),
                        NumberKind.MEASURED,
                        kernels.stream().map(kernel -> kernel.speedUp(name, "reference")).toList()))
                .toList();
        return List.of(new BarPlot(
                "kernels-peers",
                "Peers on this host",
                "speed, reference = 1",
                BarPlot.Scale.LINEAR,
                kernels.stream()
                        .map(kernel -> kernel.operation() + " " + kernel.type() + " " + kernel.shape())
                        .toList(),
                series));
    }

    private static BarPlot times(
            String name, String title, List<KernelComparison> kernels, Function<KernelComparison, String> label) {
        List<BarPlot.Series> series = new ArrayList<>();
        for (String implementation : KernelTables.implementations(kernels)) {
            series.add(new BarPlot.Series(
                    "host " + implementation,
                    hue(implementation),
                    NumberKind.MEASURED,
                    kernels.stream().map(kernel -> micros(kernel, implementation)).toList()));
        }
        series.add(modelled("Inf1 core", Hue.BLUE, kernels.stream().map(KernelComparison::inf1).toList()));
        series.add(modelled("Inf2 core", Hue.ORANGE, kernels.stream().map(KernelComparison::inf2).toList()));
        return new BarPlot(
                name,
                title,
                AXIS,
                BarPlot.Scale.LOGARITHMIC,
                kernels.stream().map(label).toList(),
                series);
    }

    private static String label(KernelComparison kernel) {
        return kernel.operation() + " " + kernel.type();
    }

    private static OptionalDouble micros(KernelComparison kernel, String implementation) {
        return kernel.of(implementation).stream().mapToDouble(KernelComparison::micros).findFirst();
    }

    private static BarPlot.Series modelled(String label, Hue hue, List<CoreTime> times) {
        List<OptionalDouble> values = times.stream()
                .map(time -> switch (time) {
                    case CoreTime.Modelled(double seconds) -> OptionalDouble.of(1e6 * seconds);
                    case CoreTime.Unsupported _, CoreTime.Unmodelled _, CoreTime.NotComparable _ ->
                            OptionalDouble.empty();
                })
                .toList();
        return new BarPlot.Series(label, hue, NumberKind.MODELLED, values);
    }

    private static Hue hue(String implementation) {
        return switch (implementation) {
            case "simd" -> Hue.GREEN;
            case "reference" -> Hue.GREY;
            default -> Hue.PURPLE;
        };
    }
}
