package dev.infermark.report.runtime;

import dev.infermark.base.NumberKind;
import dev.infermark.hardware.Chip;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.runtime.compiled.CompileTime;
import dev.infermark.runtime.compiled.CompiledNetwork;
import dev.infermark.runtime.compiled.LoadTime;
import dev.infermark.validate.startup.CompileTimes;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;

/** Compiled networks, and what compiling takes, as tables. */
public final class CompileReport {
    private CompileReport() {}

    /**
     * One row about a compiled network.
     *
     * @param chip what it was compiled for
     * @param file where it was written
     * @param bytes size of that file
     */
    public static Table table(CompiledNetwork network, Chip chip, Path file, long bytes) {
        CompileTime curve = CompileTime.builtIn();
        OptionalDouble seconds = curve.seconds(chip.core().generation(), network.facts().parameters());
        LoadTime load = LoadTime.of(network.storedBytes(), chip);
        List<Column> columns = List.of(
                Column.plain("model_name", "Model"),
                Column.plain("inputs", "Inputs"),
                Column.plain("chip", "Chip"),
                Column.plain("batch_size", "Batch"),
                Column.plain("sdk", "Neuron SDK"),
                Column.plain("matmul_type", "Matmul type"),
                Column.plain("elementwise_type", "Elementwise type"),
                Column.plain("stages", "Stages"),
                Column.plain("file", "Written to"),
                Column.plain("file_bytes", "Size of the file, bytes"),
                Column.modelled("compile_s", "The Neuron compiler's time", "s"),
                Column.modelled("compile_lower_s", "The same, 90 % interval from", "s"),
                Column.modelled("compile_upper_s", "The same, 90 % interval to", "s"),
                derived("load_lower_s", "Load of one copy, at least", "s"),
                derived("load_upper_s", "Load of one copy, at the published rate", "s"),
                derived("artifact_bytes", "Weights in the Neuron artifact; code on top", "bytes"));
        List<Cell> row = List.of(
                Cell.of(network.facts().name()),
                Cell.of(String.join("; ", network.facts().inputs())),
                Cell.of(chip.name()),
                Cell.of(network.facts().batch()),
                Cell.of(network.sdkLabel()),
                Cell.of(network.matmulType()),
                Cell.of(network.elementwiseType()),
                Cell.of((long) network.stages()),
                Cell.of(file.toString()),
                Cell.of(bytes),
                seconds(seconds, 1),
                seconds(seconds, 1 / curve.factor()),
                seconds(seconds, curve.factor()),
                new Cell.Quantity(load.leastSeconds(), 2),
                new Cell.Quantity(load.mostSeconds(), 2),
                Cell.of(network.storedBytes()));
        return new Table(columns, List.of(row));
    }

    /** One row for each published time of compiling. */
    public static Table published(List<CompileTimes.Foreseen> foreseen) {
        return new Table(
                List.of(
                        Column.plain("model_name", "Model"),
                        Column.result("parameters_billions", "Parameters", "10⁹", NumberKind.PUBLISHED),
                        Column.result("published_compile_s", "Compiled in", "s", NumberKind.PUBLISHED),
                        Column.modelled("compile_s", "Without it", "s"),
                        Column.modelled("factor", "Off by a factor of", ""),
                        Column.plain("source", "Source")),
                foreseen.stream().map(CompileReport::row).toList());
    }

    private static List<Cell> row(CompileTimes.Foreseen one) {
        return List.of(
                Cell.of(one.published().model()),
                new Cell.Decimal(one.published().parameters()),
                new Cell.Decimal(one.published().seconds()),
                new Cell.Quantity(one.seconds(), 2),
                new Cell.Quantity(one.factor(), 2),
                Cell.of(one.published().source()));
    }

    private static Cell seconds(OptionalDouble seconds, double times) {
        return seconds.isPresent()
                ? new Cell.Quantity(times * seconds.getAsDouble(), 2)
                : new Cell.Missing("unpublished");
    }

    private static Column derived(String key, String title, String unit) {
        return Column.result(key, title, unit, NumberKind.DERIVED);
    }
}
