package dev.infermark.report.validation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.SafeFiles;
import dev.infermark.report.document.Block;
import dev.infermark.report.document.Section;
import dev.infermark.report.plot.BarPlot;
import dev.infermark.report.plot.ScatterPlot;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import dev.infermark.validate.accuracy.Accuracy;
import dev.infermark.validate.scenario.Errors;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccuracySectionTest {
    private static final Path COMMITTED = Path.of("results");

    @TempDir
    private Path folder;

    @Test
    void saysNothingWhereNothingWasWritten() {
        assertEquals(List.of(), AccuracySection.of(folder));
    }

    @Test
    void showsTheTableAloneWhereOnlyThatIsThere() {
        SafeFiles.write(
                folder.resolve("accuracy.csv"),
                "class,protocol,quantity,configurations,mean_error_percent,worst_error_percent,goal_mean_percent,"
                        + "goal_worst_percent,met,noise_percent\n"
                        + "encoders,family left out,latency,3,2.5,4,5,9,yes,1.5\n");
        List<Section> sections = AccuracySection.of(folder);
        assertEquals(1, sections.size());
        BarPlot bars = AccuracySection.bars(folder.resolve("accuracy.csv"));
        assertEquals(List.of("encoders"), bars.groups());
        assertEquals(
                List.of("2.50", "1.50", "5.00"),
                bars.series().stream().map(one -> one.bars().getFirst().orElseThrow().text()).toList());
    }

    @Test
    void everyCommittedConfigurationIsADotWithItsName() {
        Path file = COMMITTED.resolve("accuracy-configurations.csv");
        ScatterPlot plot = AccuracySection.scatter(file);
        long dots = plot.series().stream()
                .filter(one -> one.mark() == ScatterPlot.Mark.DOTS)
                .mapToLong(one -> one.places().size())
                .sum();
        assertEquals(SafeFiles.read(file).lines().count() - 1, dots);
        assertTrue(
                plot.series().getLast().places().getFirst().words()
                        .matches(".+: .+ ms published, .+ ms modelled \\(.+\\)"),
                plot.series().getLast()::toString);
    }

    @Test
    void theCommittedFilesFillTheWholeSection() {
        List<Block> blocks = AccuracySection.of(COMMITTED).getFirst().blocks();
        assertEquals(
                List.of("Text", "Figures", "Figures", "Grid", "Grid", "Folded"),
                blocks.stream().map(block -> block.getClass().getSimpleName()).toList());
    }

    @Test
    void aVersionReplacesItsOwnLinesOfTheSameDayAndKeepsTheOthers() {
        Path file = folder.resolve("accuracy-history.csv");
        SafeFiles.write(file, TableFormat.CSV.write(AccuracyFiles.history(file, accuracy(1.1), "0.1", "2026-01-01")));
        SafeFiles.write(file, TableFormat.CSV.write(AccuracyFiles.history(file, accuracy(1.2), "0.2", "2026-02-01")));
        SafeFiles.write(file, TableFormat.CSV.write(AccuracyFiles.history(file, accuracy(1.05), "0.2", "2026-02-01")));
        assertEquals(
                List.of(
                        "version,date,class,quantity,configurations,mean_error_percent,worst_error_percent",
                        "0.1,2026-01-01,encoders,latency,1,10,10",
                        "0.2,2026-02-01,encoders,latency,1,5,5"),
                SafeFiles.read(file).lines().toList());
        Table table = AccuracySection.history(file);
        assertEquals(List.of("class", "0.1 of 2026-01-01", "0.2 of 2026-02-01"),
                table.columns().stream().map(column -> column.key()).toList());
        assertEquals(List.of(new Cell.Quantity(10, 3), new Cell.Quantity(5, 3)), table.rows().getFirst().subList(1, 3));
    }

    private static Accuracy accuracy(double modelled) {
        Errors errors = Errors.of(List.of(new Errors.Pair(1, modelled)));
        return new Accuracy(
                List.of(
                        line("family left out", "latency", errors),
                        line("family left out", "throughput", errors),
                        line("all families fitted", "latency", errors)),
                List.of());
    }

    private static Accuracy.Line line(String protocol, String quantity, Errors errors) {
        return new Accuracy.Line(
                "encoders",
                protocol,
                quantity,
                errors,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                new Accuracy.Goal(OptionalDouble.of(5), OptionalDouble.of(9), OptionalDouble.empty()));
    }
}
