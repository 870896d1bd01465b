package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BranchProbabilityTest {
    private static final String FOLDER = "src/test/resources/dev/infermark/reader/hlo/";
    private static final String EARLY_EXIT = "src/examples/early_exit.hlo";
    private static final String EXPERTS = FOLDER + "three_experts.hlo";

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    /**
     * A row of the answer.
     *
     * @param branches the way through the conditionals
     * @param percent how likely it is
     * @param millis median of the way, or mean of all
     * @param lower end of its interval
     * @param throughput inferences per second
     * @param cost dollars for a million
     */
    private record Row(
            String branches, double percent, double millis, double lower, double throughput, double cost) {}

    @Test
    void bothBranchesAreTimedAndTheExpectedTimeWeightsThem() {
        List<Row> rows = rows(EARLY_EXIT, "deeper=0.25");
        assertEquals(List.of("deeper: then", "deeper: else", "expected"), rows.stream().map(Row::branches).toList());
        assertEquals(List.of(25.0, 75.0, 100.0), rows.stream().map(Row::percent).toList());
        assertTrue(rows.get(0).millis() > rows.get(1).millis(), "the deep branch takes longer");
        assertEquals(
                0.25 * rows.get(0).millis() + 0.75 * rows.get(1).millis(), rows.get(2).millis(), 1e-5);
        assertEquals(
                0.25 * rows.get(0).lower() + 0.75 * rows.get(1).lower(), rows.get(2).lower(), 1e-5);
        assertTrue(rows.get(2).lower() < rows.get(2).millis(), "the interval holds the mean");
    }

    @Test
    void costsAddUpAndThroughputFollowsFromThem() {
        List<Row> rows = rows(EARLY_EXIT, "deeper=0.25", "--price-basis", "ri-effective");
        double cost = 0.25 * rows.get(0).cost() + 0.75 * rows.get(1).cost();
        assertEquals(1, cost / rows.get(2).cost(), 1e-5);
        for (Row row : rows) {
            assertEquals(rows.getFirst().cost() * rows.getFirst().throughput(), row.cost() * row.throughput(), 1e-3);
        }
    }

    @Test
    void theMeanStandsInAColumnOfItsOwn() {
        assertEquals(0, run("predict", EARLY_EXIT, "--branch-probability", "0.5", "--format", "csv"));
        List<String[]> lines = out.toString().lines().map(line -> line.split(",", -1)).toList();
        int median = List.of(lines.getFirst()).indexOf("latency_p50_ms");
        int mean = List.of(lines.getFirst()).indexOf("latency_mean_ms");
        assertEquals(List.of("", "", lines.get(3)[mean]), lines.stream().skip(1).map(line -> line[mean]).toList());
        assertEquals("", lines.get(3)[median]);
    }

    @Test
    void aWayTakesWhatTheNetworkOfItsBranchAloneTakes() throws IOException {
        List<Row> rows = rows(EARLY_EXIT, "0.5");
        for (int branch = 0; branch < 2; branch++) {
            String known = Files.readString(Path.of(EARLY_EXIT))
                    .replace("conditional(%c,", "conditional(%known,")
                    .replace("  %h = ", "  %known = pred[] constant(" + (branch == 0) + ")\n  %h = ");
            Path file = Files.writeString(folder.resolve("known.hlo"), known);
            out.getBuffer().setLength(0);
            assertEquals(0, run("predict", file.toString(), "--format", "csv"), err::toString);
            List<String> lines = out.toString().replaceAll("\"[^\"]*\"", "quoted").lines().toList();
            int column = List.of(lines.get(0).split(",", -1)).indexOf("latency_p50_ms");
            assertEquals(Double.parseDouble(lines.get(1).split(",", -1)[column]), rows.get(branch).millis());
        }
    }

    @Test
    void aConditionalInsideABranchCountsWhereThatBranchIsTaken() {
        List<Row> rows = rows(EXPERTS, "expert=0.5:0.25:0.25", "--branch-probability", "expert/nested=0.5");
        assertEquals(
                List.of("expert: branch 1 of 3",
                        "expert: branch 2 of 3",
                        "expert: branch 3 of 3; expert/nested: then",
                        "expert: branch 3 of 3; expert/nested: else",
                        "expected"),
                rows.stream().map(Row::branches).toList());
        assertEquals(List.of(50.0, 25.0, 12.5, 12.5, 100.0), rows.stream().map(Row::percent).toList());
        assertEquals(rows.get(0).millis(), rows.get(2).millis(), "the same network whatever led to it");
        assertEquals(rows.get(1).millis(), rows.get(3).millis());
    }

    @Test
    void withoutAProbabilityAConditionalIsRefusedWithTheOptionThatHelps() {
        assertEquals(2, run("predict", EARLY_EXIT));
        assertTrue(err.toString().contains("conditional (node deeper)"), err::toString);
        assertTrue(err.toString().contains("--branch-probability"), err::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "deeper=1.5, is no probability",
        "deeper=-0.1, is no probability",
        "deeper=often, is no probability",
        "deeper=0.5:0.6, is no probability",
        "deeper=0.2:0.3:0.5, has 2 branches",
        "shallow=0.5, conditional deeper has no probability"
    })
    void whatIsNoProbabilityIsRefused(String probability, String words) {
        assertEquals(2, run("predict", EARLY_EXIT, "--branch-probability", probability));
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains(words), err::toString);
    }

    @Test
    void aNameThatNoConditionalHasIsRefusedWithThoseThatAre() {
        assertEquals(
                2, run("predict", EARLY_EXIT, "--branch-probability", "0.5", "--branch-probability", "shallow=0.5"));
        assertTrue(err.toString().contains("no conditional shallow; it has deeper"), err::toString);
        err.getBuffer().setLength(0);
        assertEquals(2, run("predict", "bert-tiny", "--branch-probability", "0.5"));
        assertTrue(err.toString().contains("has no conditional"), err::toString);
    }

    private List<Row> rows(String file, String... probabilities) {
        List<String> arguments = new ArrayList<>(List.of("predict", file, "--format", "csv"));
        arguments.add("--branch-probability");
        arguments.addAll(List.of(probabilities));
        assertEquals(0, run(arguments.toArray(String[]::new)), err::toString);
        return out.toString()
                .lines()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells -> new Row(
                        cells[0].replace("\"", ""),
                        Double.parseDouble(cells[1]),
                        Double.parseDouble(cells[2] + cells[3]),
                        Double.parseDouble(cells[4]),
                        Double.parseDouble(cells[6]),
                        Double.parseDouble(cells[7])))
                .toList();
    }

    private int run(String... arguments) {
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
