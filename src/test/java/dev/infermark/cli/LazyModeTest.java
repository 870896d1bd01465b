package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LazyModeTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    @Test
    void lazyTensorsCompileEveryLengthAndATracedModelEveryBucket() throws IOException {
        Path lengths = Files.writeString(folder.resolve("lengths.txt"), "12\n100\n12\n31\n");
        assertEquals(0, run("predict bert-tiny --mode lazy --format csv --lengths " + lengths), err::toString);
        List<String[]> rows =
                out.toString().lines().skip(1).map(row -> row.split(",", -1)).map(row -> cached(row)).toList();
        assertEquals(List.of("lazy", "lazy cached", "traced", "traced", "traced"),
                rows.stream().map(row -> row[0]).toList());
        assertEquals(List.of("3", "0", "1", "2", "3"), rows.stream().map(row -> row[2]).toList());
        double lazy = Double.parseDouble(rows.get(0)[6]);
        double traced = Double.parseDouble(rows.get(4)[6]);
        assertEquals(lazy, traced + 1.4, 1e-3 * lazy, "with a bucket for each length only the dispatch differs");
        assertTrue(Double.parseDouble(rows.get(0)[4]) > 1, "the first answer waits for the compiler");
        assertTrue(Double.parseDouble(rows.get(4)[4]) < 0.1, "that of a traced model does not");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    --mode lazy                                                | --lengths FILE
                    --lengths LENGTHS                                          | --mode lazy
                    --mode lazy --lengths LENGTHS --instance inf1.xlarge       | torch-neuronx
                    --mode lazy --lengths LENGTHS --instance inf2.xlarge,inf2.8xlarge | on one instance
                    --mode lazy --lengths LENGTHS --isl 8 --osl 8              | text generation
                    --mode lazy --lengths absent.txt                           | absent.txt
                    --mode eager                                               | --mode
                    """)
    void whatCannotBeComparedIsRefusedInOneLine(String options, String named) throws IOException {
        Path lengths = Files.writeString(folder.resolve("lengths.txt"), "12\n100\n");
        assertEquals(2, run("predict bert-tiny " + options.replace("LENGTHS", lengths.toString())));
        assertEquals("", out.toString());
        assertEquals(1, err.toString().lines().count(), err::toString);
        assertTrue(err.toString().contains(named), err::toString);
    }

    /** The name of the second row holds a comma. */
    private static String[] cached(String[] row) {
        return String.join(",", row).replace("\"lazy, cached\"", "lazy cached").split(",", -1);
    }

    private int run(String line) {
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), line.split("\\s+", -1));
    }
}
