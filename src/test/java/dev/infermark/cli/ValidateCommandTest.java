package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.SafeFiles;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ValidateCommandTest {
    private static final String ROWS =
            """
            id,device,instance_type,model,family,run_mode,n_models,workers_per_model,batch_size,sequence_length,\
            model_dtype,autocast_dtype,throughput,latency_p50_ms,neuron_version,output_length,quality,source_file
            ok,inf2,inf2.xlarge,bert-base-uncased,bert,data-parallel,2,1,1,128,fp32,matmult-bf16,2000,1.0,2.18.0,,ok,x
            odd,inf2,inf2.xlarge,bert-base-uncased,bert,data-parallel,2,1,1,128,fp32,matmult-bf16,,,2.18.0,,suspect:y,x
            chat,inf2,inf2.48xlarge,llama-2-7b,llama,tensor-parallel,,,1,,fp16,,150,,2.18.0,128,ok,x
            """;

    private static final String HEADER = "id,device,instance_type,model,batch_size,throughput,latency_p50_ms\n";

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private Path rows() {
        Path file = folder.resolve("rows.csv");
        SafeFiles.write(file, ROWS);
        return file;
    }

    @Test
    void writesALineForEveryRowWithExactlyTheseColumns() {
        Path csv = folder.resolve("out.csv");
        assertEquals(0, run("validate", "--measurements", rows().toString(), "--out", csv.toString()));
        String[] lines = SafeFiles.read(csv).split("\n", -1);
        assertEquals(
                "id,status,predicted_latency_p50_ms,predicted_throughput,predicted_ttft_ms,predicted_tpot_ms,"
                        + "lower,upper,bound_by,reason",
                lines[0]);
        assertTrue(lines[1].matches("ok,predicted,[\\d.]+,[\\d.]+,,,[\\d.]+,[\\d.]+,\\w+,"), lines[1]);
        assertTrue(lines[2].startsWith("odd,predicted,"), lines[2]);
        assertTrue(lines[3].matches("chat,refused,,,,,,,,the length of the prompts is not published"), lines[3]);
        assertEquals(5, lines.length);
    }

    @Test
    void givesTheSameBytesTwice() {
        Path first = folder.resolve("1.csv");
        Path second = folder.resolve("2.csv");
        run("validate", "--measurements", rows().toString(), "--out", first.toString());
        run("validate", "--measurements", rows().toString(), "--out", second.toString());
        assertEquals(SafeFiles.read(first), SafeFiles.read(second));
    }

    @Test
    void refusesToOverwriteTheMeasurements() {
        Path file = rows();
        String before = SafeFiles.read(file);
        assertEquals(2, run("validate", "--measurements", file.toString(), "--out", file.toString()));
        assertEquals(before, SafeFiles.read(file));
    }

    @Test
    void predictsABatchByParametersThatWereNotFittedToIt() {
        String[] unseen = predictions(batches("batches.csv", 2), "--leave-out", "batch");
        assertTrue(err.toString().contains("(12 of 12)"), err.toString());
        String[] again = predictions(batches("slower.csv", 4), "--leave-out", "batch");
        assertEquals(unseen[12], again[12], "batch 12 is predicted without its own latency");
        assertNotEquals(unseen[1], again[1], "batch 1 is predicted by the latency of batch 12");
    }

    /** Twelve batch sizes at a millisecond a sequence, the last of them slower by a factor. */
    private Path batches(String name, double lastFactor) {
        StringBuilder rows = new StringBuilder(ROWS.substring(0, ROWS.indexOf('\n') + 1));
        for (int batch = 1; batch <= 12; batch++) {
            double millis = batch * (batch == 12 ? lastFactor : 1);
            rows.append("b%d,inf2,inf2.xlarge,bert-base-uncased,bert,data-parallel,2,1,%d,128,fp32,matmult-bf16,"
                    .formatted(batch, batch));
            rows.append("%.3f,%.3f,2.18.0,,ok,x%n".formatted(2000 * batch / millis, millis));
        }
        Path file = folder.resolve(name);
        SafeFiles.write(file, rows.toString());
        return file;
    }

    private String[] predictions(Path file, String... options) {
        Path csv = folder.resolve("predictions.csv");
        String[] arguments = Stream.concat(
                        Stream.of("validate", "--measurements", file.toString(), "--out", csv.toString()),
                        Stream.of(options))
                .toArray(String[]::new);
        assertEquals(0, run(arguments), err::toString);
        return SafeFiles.read(csv).split("\n", -1);
    }

    @Test
    void plotsPicturesIntoTheFolder() {
        assertEquals(0, run("validate", "--measurements", rows().toString(), "--plots", folder.toString()));
        assertTrue(Files.exists(folder.resolve("published-modelled.png")));
        assertTrue(Files.exists(folder.resolve("error-by-family.png")));
    }

    @Test
    void complainsOfABrokenFileInOneLineAndWritesNothing() {
        Path broken = folder.resolve("broken.csv");
        SafeFiles.write(broken, ROWS.replace(",2000,", ",NaN,"));
        Path csv = folder.resolve("out.csv");
        assertEquals(2, run("validate", "--measurements", broken.toString(), "--out", csv.toString()));
        assertTrue(err.toString().contains("broken.csv:2: throughput is NaN"), err.toString());
        assertFalse(Files.exists(csv));
    }

    @Test
    void neverCalibratesOnTheBlog() {
        Path file = folder.resolve("blog.csv");
        SafeFiles.write(file, ROWS.replace(",x\n", ",seed-blog\n"));
        Path parameters = folder.resolve("p.json");
        assertEquals(2, run("calibrate", "--measurements", file.toString(), "--out", parameters.toString()));
        assertTrue(err.toString().contains("left out: 3 rows of the blog's table"), err.toString());
        assertFalse(Files.exists(parameters));
    }

    @Test
    void refusesAFileThatHoldsNoParameters() {
        Path file = folder.resolve("p.json");
        SafeFiles.write(file, "{");
        assertEquals(2, run("blog", "--params", file.toString()));
        assertTrue(err.toString().contains("p.json is not valid JSON at line 1"), err.toString());
    }

    @Test
    void saysWhyWhenNoRowCanBePredicted() {
        Path file = folder.resolve("rows.csv");
        SafeFiles.write(file, HEADER + "x,inf2,inf2.xlarge,no-such-model,1,100,1\n");
        assertEquals(2, run("validate", "--measurements", file.toString()));
        assertTrue(err.toString().contains("none of the 1 rows can be predicted; the first (x): "), err.toString());
        SafeFiles.write(file, HEADER);
        assertEquals(2, run("validate", "--measurements", file.toString()));
        assertTrue(err.toString().contains("has no rows"), err.toString());
    }

    @Test
    void refusesOutputsThatCannotBeWrittenBeforeItPredicts() {
        SafeFiles.write(folder.resolve("file"), "x");
        String below = folder.resolve("file/out").toString();
        for (String[] arguments : new String[][] {
            {"validate", "--out", below},
            {"validate", "--plots", below},
            {"calibrate", "--out", below},
            {"calibrate", "--intervals-out", below},
            {"calibrate", "--generation-out", below},
            {"accuracy", "--out", below},
            {"accuracy", "--check", folder.resolve("file").toString()}
        }) {
            err.getBuffer().setLength(0);
            assertEquals(2, run(arguments), () -> String.join(" ", arguments));
            assertEquals(1, err.toString().lines().count(), err.toString());
        }
    }

    @Test
    void saysThatNoRowCanBeFittedTo() {
        Path file = folder.resolve("rows.csv");
        SafeFiles.write(file, HEADER);
        assertEquals(2, run("calibrate", "--measurements", file.toString()));
        assertTrue(err.toString().contains("no row of the measurements can be fitted to"), err.toString());
    }
}
