package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {
    @TempDir
    private Path folder;

    @Test
    void aNetworkThatGeneratesNoTextHasNoAnswer() throws IOException {
        Path grid = Files.writeString(
                folder.resolve("grid.json"), "{\"model_name\": \"bert-tiny\", \"output_length\": [8, 16]}");
        StringWriter err = new StringWriter();
        int status = Infermark.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                "sweep", "--grid", grid.toString(), "--out", folder.resolve("text.csv").toString());
        assertEquals(0, status, err::toString);
        assertTrue(err.toString().contains("2 of 2 have no answer"), err::toString);
        assertTrue(
                err.toString().contains("2 rows, the first: bert-tiny has no causal head and generates no text; "),
                err::toString);
    }

    @Test
    void answersTheGridThatTheManualShows() {
        Path out = folder.resolve("sweep.csv");
        StringWriter err = new StringWriter();
        int status = Infermark.run(
                new PrintWriter(new StringWriter()),
                new PrintWriter(err),
                "sweep", "--grid", "src/examples/grid.json", "--out", out.toString());
        assertEquals(0, status, err::toString);

        List<CsvRow> rows = CsvReader.rows(out, List.of("latency_p50_ms", "refused"));
        assertEquals(128, rows.size());
        for (CsvRow row : rows) {
            assertEquals(row.text("latency_p50_ms").isEmpty(), !row.text("refused").isEmpty(), row::toString);
        }
        long refused = rows.stream().filter(row -> !row.text("refused").isEmpty()).count();
        assertTrue(
                err.toString().contains(refused + " of 128 have no answer; the column 'refused' tells why:\n"),
                err::toString);
        assertTrue(err.toString().contains(" GiB of device memory"), err::toString);
        long answered = rows.stream().filter(row -> row.text("refused").isEmpty()).count();
        assertTrue(answered > 100, () -> answered + " rows have an answer");
    }
}
