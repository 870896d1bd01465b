package dev.infermark.report;

import dev.infermark.jmh.Provenance;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Section;
import dev.infermark.report.kernels.MeasuredRun;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.blog.BlogTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** How the numbers were made. */
final class OriginSection {
    private OriginSection() {}

    static Section of(Optional<MeasuredRun> run, Calibrations calibrations, LocalDate today) {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Kinds());
        run.map(MeasuredRun::provenance)
                .ifPresent(facts -> blocks.add(new Block.Grid("provenance", "Measured: the run", provenance(facts))));
        blocks.add(new Block.Text("Modelled: each network is read from its configuration, lowered to instructions of a"
                + " NeuronCore and simulated with the figures under “Hardware”, each of which names its kind:"
                + " documented by the vendor, inferred from what is documented, or calibrated. What no document gives"
                + " is calibrated on published measurements other than the blog's, once for each chip generation and"
                + " SDK era."));
        blocks.add(new Block.Text("Published: " + BlogTable.SOURCE + ". Its costs follow from its latencies:"
                + " hourly price / 3600 x latency / batch."));
        blocks.add(new Block.Folded(
                "calibrated",
                "Every calibrated parameter",
                List.of(new Block.Grid("calibration", "Calibrated parameters", calibration(calibrations)))));
        blocks.add(new Block.Text("Report written on " + today + "."));
        return Section.detail("origin", "How the numbers were made", blocks);
    }

    private static Table provenance(Provenance facts) {
        return new Table(
                List.of(Column.plain("key", "Fact"), Column.plain("value", "Value")),
                Stream.of(Provenance.Fact.values())
                        .map(fact -> List.of(Cell.of(fact.title()), Cell.of(facts.get(fact))))
                        .toList());
    }

    /** Whatever parameters a calibration has, by the names that its file gives them. */
    private static Table calibration(Calibrations calibrations) {
        List<List<Cell>> rows = new ArrayList<>();
        JsonMapper.shared()
                .readTree(calibrations.json())
                .forEachEntry((core, parameters) -> addParameters(rows, core, "", parameters));
        return new Table(
                List.of(
                        Column.plain("core", "Core"),
                        Column.plain("parameter", "Parameter"),
                        Column.plain("value", "Value"),
                        Column.plain("kind", "Kind")),
                rows);
    }

    private static void addParameters(List<List<Cell>> rows, String core, String prefix, JsonNode node) {
        node.forEachEntry((key, value) -> {
            String name = prefix.isEmpty() ? key : prefix + " / " + key;
            if (value.isNumber()) {
                rows.add(List.of(
                        Cell.of(core), Cell.of(name), Cell.of(value.doubleValue()), Cell.of("calibrated")));
            } else {
                addParameters(rows, core, name, value);
            }
        });
    }
}
