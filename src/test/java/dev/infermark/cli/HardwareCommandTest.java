package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.FigureKind;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class HardwareCommandTest {
    @TempDir
    private Path folder;

    /** What a run printed, and its exit status. */
    private record Run(int status, String out, String err) {}

    private static Run run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] all = Stream.concat(Stream.of("hardware"), Stream.of(arguments)).toArray(String[]::new);
        int status = Infermark.run(new PrintWriter(out), new PrintWriter(err), all);
        return new Run(status, out.toString(), err.toString());
    }

    private static List<CSVRecord> csv(String... arguments) throws IOException {
        Run run = run(Stream.concat(Stream.of(arguments), Stream.of("--format", "csv")).toArray(String[]::new));
        assertEquals(0, run.status, run.err);
        return CSVFormat.DEFAULT.builder().setHeader().get().parse(new StringReader(run.out)).getRecords();
    }

    @Test
    void printsEverySectionForPeople() {
        String out = run().out;

        for (String title : List.of(
                "inferentia2 over inferentia1",
                "Instances",
                "Prices",
                "Chip inferentia1 (AWS Inferentia1, core neuroncore-v1)",
                "Chip trainium1 (AWS Trainium1, core neuroncore-v2)",
                "Core neuroncore-v1",
                "Core neuroncore-v2")) {
            assertTrue(out.lines().anyMatch(title::equals), title);
        }
        assertEquals(1, out.lines().filter("Core neuroncore-v2"::equals).count());
    }

    @Test
    void printsPublishedRatiosBesideTheComputedOnes() {
        String line = run("--chip", "inferentia2").out.lines()
                .filter(candidate -> candidate.startsWith("Vector engine"))
                .findFirst()
                .orElseThrow();

        assertTrue(line.matches("Vector engine +256 +2,500 +FLOP/cycle +9.766 +10 +core.vector.flopPerCycle .*"), line);
    }

    @Test
    void writesEveryFigureWithUnitKindAndSourceAsCsv() throws IOException {
        Set<String> kinds = Stream.concat(
                        Stream.of(FigureKind.values()).map(FigureKind::label), Stream.of("derived", "published"))
                .collect(Collectors.toSet());
        List<CSVRecord> rows = csv();

        for (CSVRecord row : rows) {
            assertTrue(kinds.contains(row.get("kind")), row::toString);
            assertFalse(row.get("source").isBlank(), row::toString);
            boolean isNumber = row.get("value").matches("[-0-9.E]+") && !row.get("figure").endsWith(".date");
            assertEquals(isNumber, !row.get("unit").isBlank(), row::toString);
        }
        assertEquals(
                Set.of("comparison", "price", "instance", "chip", "core"),
                rows.stream().map(row -> row.get("section")).collect(Collectors.toSet()));
    }

    @Test
    void writesPricesWithTheirTermsAsCsv() throws IOException {
        List<CSVRecord> rows = csv("--instance", "inf2.xlarge").stream()
                .filter(row -> row.get("name").equals("blog"))
                .toList();

        assertEquals(
                List.of("inf2.xlarge.hourly=0.7582", "inf2.xlarge.basis=on-demand", "inf2.xlarge.region=us-east-1",
                        "inf2.xlarge.date=2023-04-20"),
                rows.stream().map(row -> row.get("figure") + "=" + row.get("value")).toList());
    }

    @Test
    void jsonHoldsTheSameRowsAsCsv() throws IOException {
        JsonNode rows = JsonMapper.shared().readTree(run("--format", "json").out).get("rows");

        assertEquals(csv().size(), rows.size());
        assertEquals("GHz", rows.valueStream()
                .filter(row -> row.path("name").stringValue().equals("neuroncore-v2"))
                .filter(row -> row.path("figure").stringValue().equals("tensor.clock"))
                .findFirst()
                .orElseThrow()
                .path("unit")
                .stringValue());
    }

    @Test
    void markdownHasAHeadingForEachSection() {
        assertTrue(run("--chip", "inferentia1", "--format", "markdown").out.contains("\n## Core neuroncore-v1\n\n| "));
    }

    @Test
    void oneChipShowsThatChipItsCoreAndItsComparisonAlone() throws IOException {
        Set<String> names = csv("--chip", "Trainium1").stream()
                .map(row -> row.get("name"))
                .collect(Collectors.toCollection(TreeSet::new));

        assertEquals(Set.of("trainium1", "neuroncore-v2"), names);
    }

    @Test
    void showsWhatTheUsersFileAdds() throws IOException {
        Path file = folder.resolve("mine.json");
        Files.writeString(file, "{\"instances\":{\"mine.large\":{\"extends\":\"inf2.xlarge\"}}}");

        assertTrue(run("--hardware", file.toString()).out.lines().anyMatch(line -> line.startsWith("mine.large ")));
        assertEquals(
                Catalog.builtIn().instances().size() + 1,
                csv("--hardware", file.toString()).stream()
                        .filter(row -> row.get("section").equals("instance"))
                        .map(row -> row.get("name"))
                        .distinct()
                        .count());
    }

    @Test
    void refusesUnknownNamesAndBrokenFilesInOneLine() throws IOException {
        Path broken = folder.resolve("broken.json");
        Files.writeString(broken, "{\"chips\":");

        for (Run run : List.of(
                run("--chip", "inferentia9"),
                run("--instance", "inf2.huge"),
                run("--chip", "inferentia1", "--instance", "inf1.xlarge"),
                run("--hardware", broken.toString()),
                run("--hardware", folder.resolve("none.json").toString()))) {
            assertEquals(2, run.status);
            assertEquals("", run.out);
            assertEquals(1, run.err.lines().count(), run.err);
            assertTrue(run.err.startsWith("infermark: "), run.err);
        }
    }
}
