package dev.infermark.plan.sweep;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quoter;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepTest {
    private static final Grid GRID = Grid.parse("""
            {"model_name": "distilbert-base-uncased", "sequence_length": [16, 32],
             "batch_size": {"from": 1, "to": 4}, "instance_type": ["inf1.xlarge", "inf2.xlarge"],
             "n_models": [1, 2, 4], "workers_per_model": {"from": 1, "to": 60}}
            """);

    private static final EncoderRows ROWS = new EncoderRows(
            Catalog.builtIn(), Catalog.builtIn().priceBook("on-demand"), Quoter.builtIn(), CustomSupport.NONE);

    @TempDir
    private Path folder;

    private Path whole() {
        Path file = folder.resolve("whole.csv");
        new Sweep(GRID, ROWS).run(file, () -> { });
        return file;
    }

    @Test
    void everyCombinationIsThereOnceAndInOrder() {
        List<CsvRow> rows = CsvReader.rows(whole(), List.of("row", "latency_p50_ms"));
        assertEquals(2 * 4 * 2 * 3 * 60, rows.size());
        for (int i = 0; i < rows.size(); i++) {
            assertEquals(String.valueOf(i), rows.get(i).text("row"));
        }
        assertEquals(rows.size(), rows.stream().map(row -> row.fields().subList(1, 7)).distinct().count());
    }

    @Test
    void aRowSaysWhatThePredictionSays() {
        Instance instance = Catalog.builtIn().instance("inf2.xlarge");
        double latency = Quoter.builtIn()
                .predict(
                        Network.of(
                                Models.find("distilbert-base-uncased"),
                                Workload.ofBatch(3).withSequenceLength(32),
                                CustomSupport.NONE),
                        new Deployment(instance, new Parallelism.Replicated(2), 2, SdkVersion.NEWEST),
                        Precision.compilerDefault(DataType.FP32, instance.chip().core()))
                .latencySeconds();
        List<CsvRow> found = CsvReader.rows(whole(), List.of("row")).stream()
                .filter(row -> row.text("sequence_length").equals("32")
                        && row.text("batch_size").equals("3")
                        && row.text("instance_type").equals("inf2.xlarge")
                        && row.text("n_models").equals("2")
                        && row.text("workers_per_model").equals("2"))
                .toList();
        assertEquals(1, found.size());
        String written = found.getFirst().text("latency_p50_ms");
        assertEquals(1e3 * latency, Double.parseDouble(written), 1e-5 * 1e3 * latency);
        assertTrue(written.replace(".", "").length() <= 7, written);
    }

    @Test
    void whatCannotBeHadSaysWhyInItsRow() {
        List<CsvRow> refused = CsvReader.rows(whole(), List.of("row")).stream()
                .filter(row -> !row.text("refused").isEmpty())
                .toList();
        assertEquals(2 * 4 * 60, refused.size());
        assertTrue(refused.stream().allMatch(row -> row.text("refused").contains("inf2.xlarge has 2")));
    }

    @Test
    void aSweepThatWasCutAnywhereGoesOnWithoutALostOrDoubledRow() throws Exception {
        byte[] all = Files.readAllBytes(whole());
        Path cut = folder.resolve("cut.csv");
        for (double part : new double[] {0, 0.0001, 0.31, 0.5, 0.999, 1}) {
            int length = (int) (part * all.length);
            Files.deleteIfExists(cut);
            Files.write(folder.resolve("cut.csv.part"), java.util.Arrays.copyOf(all, length));
            new Sweep(GRID, ROWS).run(cut, () -> assertFalse(Files.exists(cut)));
            org.junit.jupiter.api.Assertions.assertArrayEquals(all, Files.readAllBytes(cut), () -> "cut at " + length);
        }
    }

    @Test
    void aDeviceIsWrittenThrough() {
        assertEquals(0, new Sweep(GRID, ROWS).run(Path.of("/dev/null"), () -> { }).before());
        assertFalse(Files.isRegularFile(Path.of("/dev/null")));
    }

    @Test
    void aFileOfAnotherGridIsLeftAlone() throws Exception {
        Path file = whole();
        byte[] before = Files.readAllBytes(file);
        Grid other = Grid.parse("""
                {"model_name": "distilbert-base-uncased", "sequence_length": [16, 48],
                 "batch_size": {"from": 1, "to": 4}, "instance_type": ["inf1.xlarge", "inf2.xlarge"],
                 "n_models": [1, 2, 4], "workers_per_model": {"from": 1, "to": 60}}
                """);
        UserError error =
                assertThrows(UserError.class, () -> new Sweep(other, ROWS).run(file, () -> { }));
        assertTrue(String.valueOf(error.getMessage()).contains("cannot be continued"), error.getMessage());
        org.junit.jupiter.api.Assertions.assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void theExampleOfAGridHasTheCombinationsThatTheManualTells() {
        assertEquals(128, Grid.read(Path.of("src/examples/grid.json")).size());
    }

    @Test
    void aGridThatCannotBeReadSaysWhatIsWrong() {
        for (String[] broken : new String[][] {
            {"{\"batch_size\": 1}", "no 'model_name'"},
            {"{\"model_name\": \"bert\", \"batches\": 1}", "no setting 'batches'"},
            {"{\"model_name\": \"bert\", \"batch_size\": []}", "is empty"},
            {"{\"model_name\": \"bert\", \"batch_size\": [\"few\"]}", "'few', which is no whole number"},
            {"{\"model_name\": \"bert\", \"batch_size\": 1.5}", "whole numbers"},
            {"{\"model_name\": \"bert\", \"batch_size\": {\"from\": 4, \"to\": 2}}", "from 4 to 2"},
            {"[1]", "JSON object"},
        }) {
            UserError error = assertThrows(UserError.class, () -> Grid.parse(broken[0]));
            assertTrue(String.valueOf(error.getMessage()).contains(broken[1]), error.getMessage());
        }
    }
}
