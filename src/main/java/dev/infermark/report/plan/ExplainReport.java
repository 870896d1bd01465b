package dev.infermark.report.plan;

import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.generate.Cause;
import dev.infermark.deploy.generate.GenerationPrediction;
import dev.infermark.plan.Roofline;
import dev.infermark.plan.WhatIf;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.simulate.Estimate;
import dev.infermark.simulate.Resource;
import dev.infermark.simulate.StageRun;
import dev.infermark.simulate.StageTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What a prediction's time is due to, and what a change would bring. */
public final class ExplainReport {
    private static final double MICRO = 1e6;
    private static final double MILLI = 1e3;

    private ExplainReport() {}

    /** The call as a whole under the names of Neuron Explorer's summary. */
    public static Table summary(Prediction prediction, Roofline roofline) {
        Estimate estimate = prediction.estimate();
        List<Column> columns = new ArrayList<>();
        List<Cell> cells = new ArrayList<>();
        add(columns, cells, "total_time", "Time of the core", "s", estimate.seconds());
        add(columns, cells, "host_time", "Exposed time of the host", "s", prediction.hostSeconds());
        add(columns, cells, "model_flops", "Operations of a call", "", roofline.flops());
        add(columns, cells, "mm_arithmetic_intensity", "Operations per byte", "", roofline.intensity());
        add(columns, cells, "peak_flops_bandwidth_ratio", "Operations per byte where the limits meet", "",
                roofline.ridge());
        add(columns, cells, "mfu_estimated_percent", "MFU, operations over the peak", "%", 100 * roofline.mfu());
        add(columns, cells, "mbu_estimated_percent", "MBU, bytes over the peak", "%", 100 * roofline.mbu());
        add(columns, cells, "roofline_time", "Least time by the roofline", "s", roofline.leastSeconds());
        for (Resource resource : Resource.values()) {
            add(columns, cells, explorerName(resource), resource.label() + " at work", "%",
                    100 * estimate.busy(resource) / estimate.seconds());
        }
        columns.add(Column.plain("weight_size_bytes", "Weights, bytes"));
        cells.add(Cell.of(prediction.memory().core().constants()));
        columns.add(Column.plain("roofline_bound", "The roofline's limit"));
        cells.add(Cell.of(roofline.intensity() < roofline.ridge() ? "memory" : "compute"));
        columns.add(Column.plain("is_simulation", "Simulation"));
        cells.add(Cell.of("true"));
        return new Table(columns, List.of(cells));
    }

    private static String explorerName(Resource resource) {
        return resource.name().toLowerCase(Locale.ROOT)
                + (resource == Resource.DMA ? "" : "_engine") + "_active_time_percent";
    }

    /** A row per engine: how long it works, how long the run waits for it, and how long it could work unnoticed. */
    public static Table engines(Prediction prediction) {
        Estimate estimate = prediction.estimate();
        List<List<Cell>> rows = new ArrayList<>();
        double whole = estimate.seconds() + prediction.hostSeconds();
        for (Resource resource : Resource.values()) {
            double busy = estimate.busy(resource);
            double share = estimate.share(resource);
            double stall = sum(estimate, resource, Stall.STALL);
            double slack = sum(estimate, resource, Stall.SLACK);
            rows.add(List.of(
                    Cell.of(resource.label()),
                    Cell.of(MICRO * share),
                    percent(share / whole),
                    Cell.of(MICRO * busy),
                    Cell.of(MICRO * stall),
                    Cell.of(MICRO * slack)));
        }
        rows.add(List.of(
                Cell.of("host"),
                Cell.of(MICRO * prediction.hostSeconds()),
                percent(prediction.hostSeconds() / whole),
                new Cell.Missing(""),
                new Cell.Missing(""),
                new Cell.Missing("")));
        return new Table(
                List.of(
                        Column.plain("resource", "Engine"),
                        Column.modelled("exposed_us", "Waited for", "µs"),
                        Column.modelled("share_percent", "Share", "%"),
                        Column.modelled("busy_us", "At work", "µs"),
                        Column.modelled("stall_us", "Stalled", "µs"),
                        Column.modelled("slack_us", "Slack", "µs")),
                rows);
    }

    /** What of a resource's time in a stage is no work. */
    private enum Stall {
        /** The run waits for the resource, which does no documented work: loads, dependencies, triggers. */
        STALL,
        /** The resource does nothing, and the run waits for others. */
        SLACK
    }

    private static double sum(Estimate estimate, Resource resource, Stall what) {
        return estimate.stages().stream()
                .mapToDouble(stage -> {
                    double busy = stage.busy(resource);
                    double share = stage.shares().of(resource);
                    return switch (what) {
                        case STALL -> Math.max(0, share - busy);
                        case SLACK -> Math.max(0, stage.seconds() - Math.max(busy, share));
                    };
                })
                .sum();
    }

    /** A row per layer; equal ones that follow each other share a row. */
    public static Table layers(Prediction prediction) {
        Estimate estimate = prediction.estimate();
        List<Column> columns = new ArrayList<>(List.of(
                Column.plain("layer", "Layer"),
                Column.plain("count", "Equal ones"),
                Column.modelled("duration_us", "Each", "µs"),
                Column.modelled("share_percent", "Share of all", "%"),
                Column.modelled("bound_by", "Bound by", "")));
        for (Resource resource : Resource.values()) {
            columns.add(Column.modelled(
                    resource.label().toLowerCase(Locale.ROOT) + "_us", resource.label() + " waited for", "µs"));
        }
        List<List<Cell>> rows = new ArrayList<>();
        for (StageRun run : StageRun.of(estimate.stages())) {
            StageTime first = run.first();
            List<Cell> row = new ArrayList<>(List.of(
                    Cell.of(run.name()),
                    Cell.of((long) run.count()),
                    Cell.of(MICRO * first.seconds()),
                    percent(run.count() * first.seconds() / estimate.seconds()),
                    Cell.of(first.boundBy().label())));
            Stream.of(Resource.values()).forEach(resource -> row.add(Cell.of(MICRO * first.shares().of(resource))));
            rows.add(row);
        }
        return new Table(columns, rows);
    }

    /** A row per change. */
    public static Table whatIfs(List<WhatIf> whatIfs) {
        return new Table(
                List.of(
                        Column.plain("change", "What if"),
                        Column.modelled("latency_percent", "Latency", ""),
                        Column.modelled("throughput_percent", "Throughput", ""),
                        Column.modelled("cost_percent", "Cost of each", ""),
                        Column.modelled("bound_by", "Then bound by", "")),
                whatIfs.stream()
                        .map(whatIf -> List.of(
                                Cell.of(whatIf.change()),
                                change(whatIf.latency()),
                                change(whatIf.throughput()),
                                change(whatIf.cost()),
                                Cell.of(whatIf.boundBy())))
                        .toList());
    }

    /** A row per cause of the time to the first token and of a step. */
    public static Table causes(GenerationPrediction prediction) {
        double prefill = prediction.timeToFirstToken();
        double step = prediction.timePerToken();
        return new Table(
                List.of(
                        Column.plain("cause", "Due to"),
                        Column.modelled("ttft_ms", "First token", "ms"),
                        Column.modelled("ttft_share_percent", "Share", "%"),
                        Column.modelled("tpot_ms", "Each further token", "ms"),
                        Column.modelled("tpot_share_percent", "Share", "%")),
                Stream.of(Cause.values())
                        .map(cause -> List.of(
                                Cell.of(cause.label()),
                                Cell.of(MILLI * prediction.prefill().of(cause)),
                                percent(prediction.prefill().of(cause) / prefill),
                                Cell.of(MILLI * prediction.medianStep().of(cause)),
                                percent(prediction.medianStep().of(cause) / step)))
                        .toList());
    }

    private static Cell change(double ratio) {
        double percent = 100 * (ratio - 1);
        return new Cell.Term(
                String.format(Locale.ROOT, "%.4g", percent),
                Math.abs(percent) < 0.05 ? "same" : String.format(Locale.ROOT, "%+.1f %%", percent).replace('-', '−'));
    }

    private static Cell percent(double share) {
        return new Cell.Quantity(100 * share, 3);
    }

    private static void add(
            List<Column> columns, List<Cell> cells, String key, String title, String unit, double value) {
        columns.add(Column.modelled(key, title, unit));
        cells.add(Cell.of(value));
    }
}
