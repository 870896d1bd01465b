package dev.infermark.report.blog;

import dev.infermark.base.NumberKind;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Section;
import dev.infermark.report.plot.Bar;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.plot.Hue;
import dev.infermark.report.prediction.LayerReport;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.simulate.Estimate;
import dev.infermark.simulate.Resource;
import dev.infermark.validate.blog.HeldOutBlog;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What the blog's workloads wait for. */
public final class BoundsSection {
    private BoundsSection() {}

    /** The section of these answers. */
    public static Section of(List<HeldOutBlog.Answer> answers) {
        List<Block> blocks = new ArrayList<>(List.of(
                new Block.Text("A network runs in stages within which the engines overlap; the resource that takes"
                        + " longest bounds the stage. Shown is how long each resource works by its documented costs, as"
                        + " a share of the core's time; the shares overlap. “Bound by” is the resource that bounds the"
                        + " stages which together take longest."),
                new Block.Figures(List.of(plot(answers, "inf1", "Inf1"), plot(answers, "inf2", "Inf2"))),
                new Block.Grid("bounds", "Share of the core's time for which each resource works", shares(answers))));
        for (HeldOutBlog.Answer answer : answers) {
            String title = answer.published().model() + ", batch " + answer.published().batch() + ", "
                    + answer.published().instance();
            String name = "layers-" + answer.published().model() + "-b" + answer.published().batch() + "-"
                    + answer.published().device();
            blocks.add(new Block.Folded(
                    name,
                    "Layers of " + title,
                    List.of(new Block.Grid(name, title, LayerReport.each(List.of(answer.prediction()))))));
        }
        return Section.detail("bounds", "What bounds each layer", blocks);
    }

    private static Block.Figure plot(List<HeldOutBlog.Answer> answers, String device, String title) {
        List<HeldOutBlog.Answer> selected = BlogReport.of(answers, device);
        BarPlot plot = new BarPlot(
                "bounds-" + device,
                "How long does each resource of " + title + " work?",
                "% of the core's time",
                BlogWorkload.of(answers).stream().map(BlogWorkload::title).toList(),
                Stream.of(Resource.values())
                        .filter(resource -> selected.stream().anyMatch(answer -> busy(answer, resource) > 0))
                        .map(resource -> series(selected, resource))
                        .toList());
        return new Block.Figure(plot, "modelled by Infermark from documented costs", "bounds");
    }

    private static BarPlot.Series series(List<HeldOutBlog.Answer> answers, Resource resource) {
        return new BarPlot.Series(
                resource.label(),
                hue(resource),
                NumberKind.MODELLED,
                answers.stream()
                        .map(answer -> Optional.of(Bar.of(100 * busy(answer, resource))))
                        .toList());
    }

    /** Share of the core's time for which the resource works. */
    private static double busy(HeldOutBlog.Answer answer, Resource resource) {
        Estimate estimate = answer.prediction().estimate();
        return estimate.busy(resource) / estimate.seconds();
    }

    private static Table shares(List<HeldOutBlog.Answer> answers) {
        List<Column> columns = new ArrayList<>(List.of(
                Column.plain("model_name", "Model"),
                Column.plain("batch_size", "Batch"),
                Column.plain("device", "Device"),
                Column.modelled("core_ms", "Core", "ms"),
                Column.modelled("host_ms", "Host", "ms")));
        for (Resource resource : Resource.values()) {
            columns.add(Column.modelled(
                    resource.label().toLowerCase(Locale.ROOT) + "_busy_percent",
                    resource.label(),
                    "%"));
        }
        columns.add(Column.modelled("bound_by", "Bound by", ""));
        return new Table(columns, answers.stream().map(BoundsSection::line).toList());
    }

    private static List<Cell> line(HeldOutBlog.Answer answer) {
        Estimate estimate = answer.prediction().estimate();
        List<Cell> cells = new ArrayList<>(List.of(
                Cell.of(answer.published().model()),
                Cell.of(answer.published().batch()),
                Cell.of(answer.published().device()),
                Cell.of(1e3 * estimate.seconds()),
                new Cell.Quantity(1e3 * answer.prediction().hostSeconds(), 3)));
        for (Resource resource : Resource.values()) {
            cells.add(new Cell.Quantity(100 * busy(answer, resource), 3));
        }
        cells.add(Cell.of(estimate.boundBy().label()));
        return cells;
    }

    private static Hue hue(Resource resource) {
        return switch (resource) {
            case TENSOR -> Hue.BLUE;
            case VECTOR -> Hue.ORANGE;
            case SCALAR -> Hue.GREEN;
            case GPSIMD -> Hue.PURPLE;
            case DMA -> Hue.GREY;
        };
    }
}
