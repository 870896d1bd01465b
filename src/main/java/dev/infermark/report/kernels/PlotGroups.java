package dev.infermark.report.kernels;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Which kernels share a plot, so that each plot has one theme and few enough groups to be read.
 *
 * @param name file name without ending
 * @param title what the kernels have in common
 * @param kernels in order
 * @param label what tells a kernel from the others of the plot
 */
record PlotGroups(
        String name, String title, List<KernelComparison> kernels, Function<KernelComparison, String> label) {
    private static final int ENOUGH = 3;
    private static final int MOST = 14;

    /** Copies the list. */
    PlotGroups {
        kernels = List.copyOf(kernels);
    }

    /**
     * One plot for each operation and type that was measured in at least three shapes; of the rest, one for each
     * operation and shape that was measured in three types, then one for each type and shape that three operations
     * share; what is left together. No plot holds more than fourteen kernels.
     */
    static List<PlotGroups> of(String prefix, List<KernelComparison> kernels) {
        List<PlotGroups> plots = new ArrayList<>();
        List<KernelComparison> rest = take(plots, prefix, kernels, PlotGroups::kind, KernelComparison::shape);
        rest = take(
                plots, prefix, rest, kernel -> kernel.operation() + " " + kernel.shape(), KernelComparison::type);
        rest = take(plots, prefix, rest, kernel -> kernel.type() + " " + kernel.shape(), KernelComparison::operation);
        addAll(plots, prefix, "other operations", rest, kindAndShape(rest));
        return plots;
    }

    /** Operation and type, with the shape where there are several. */
    private static Function<KernelComparison, String> kindAndShape(List<KernelComparison> kernels) {
        List<String> kinds = kernels.stream().map(PlotGroups::kind).toList();
        return kernel -> Collections.frequency(kinds, kind(kernel)) == 1
                ? kind(kernel)
                : kind(kernel) + " " + kernel.shape();
    }

    private static String kind(KernelComparison kernel) {
        return kernel.operation() + " " + kernel.type();
    }

    /** Makes plots of what has enough in common and returns what has not. */
    private static List<KernelComparison> take(
            List<PlotGroups> plots,
            String prefix,
            List<KernelComparison> kernels,
            Function<KernelComparison, String> theme,
            Function<KernelComparison, String> label) {
        Map<String, List<KernelComparison>> themes = new LinkedHashMap<>();
        kernels.forEach(kernel ->
                themes.computeIfAbsent(theme.apply(kernel), _ -> new ArrayList<>()).add(kernel));
        List<KernelComparison> rest = new ArrayList<>();
        themes.forEach((title, members) -> {
            if (members.size() < ENOUGH) {
                rest.addAll(members);
            } else {
                addAll(plots, prefix, title, members, label);
            }
        });
        return rest;
    }

    private static void addAll(
            List<PlotGroups> plots,
            String prefix,
            String title,
            List<KernelComparison> kernels,
            Function<KernelComparison, String> label) {
        int parts = (kernels.size() + MOST - 1) / MOST;
        for (int part = 0; part < parts; part++) {
            String suffix = parts == 1 ? "" : " (%d of %d)".formatted(part + 1, parts);
            plots.add(new PlotGroups(
                    prefix + "-" + (title + suffix).replaceAll("[^A-Za-z0-9]+", "-").replaceAll("-$", ""),
                    title + suffix,
                    kernels.subList(part * kernels.size() / parts, (part + 1) * kernels.size() / parts),
                    label));
        }
    }
}
