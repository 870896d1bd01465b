package dev.infermark.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkResultsTest {
    private static final String WHOLE = """
            [{"benchmark": "p.TensorEngineBenchmark.matmul", "mode": "avgt",
              "params": {"implementation": "simd", "shape": "8x8x8", "type": "bf16"},
              "primaryMetric": {"score": 3.0, "scoreError": "NaN", "scoreUnit": "us/op",
                "rawData": [[1.0, 9.0, 2.0], [4.0, 6.0], [3.0]]},
              "secondaryMetrics": {"gc.alloc.rate.norm": {"rawData": [[16.5, 0.25, 2.0], [4.0, 5.0], [3.0]]}}}]
            """;

    @TempDir
    private Path folder = Path.of("");

    @Test
    void takesTheMedianOfEachForkAndDerivesTheRestFromThese() throws IOException {
        MeasuredRow row = read(WHOLE).measurements().getFirst();

        assertEquals(List.of(2.0, 5.0, 3.0), row.forkMedians());
        assertEquals(3.0, row.median());
        assertEquals(2.0, row.min());
        assertEquals(5.0, row.max());
        assertEquals(OptionalDouble.of(1.0), row.spread());
        // t of 2 degrees of freedom is 4.3027, the deviation 1.5275.
        assertEquals(4.302653 * 1.527525 / Math.sqrt(3), row.error().orElseThrow(), 1e-5);
        assertEquals("us/op", row.unit());
    }

    @Test
    void takesTheLeastAllocationOfAllIterationsForJmhAddsItsOwnToSome() throws IOException {
        assertEquals(OptionalDouble.of(0.25), read(WHOLE).measurements().getFirst()
                .allocatedBytes());
    }

    @Test
    void knowsNoAllocationWhereJmhDidNotObserveTheHeap() throws IOException {
        BenchmarkResults results = read(WHOLE.replace("gc.alloc.rate.norm", "other"));
        Path csv = folder.resolve("kernels.csv");

        KernelCsv.write(csv, results);

        assertEquals(OptionalDouble.empty(), results.measurements().getFirst().allocatedBytes());
        assertEquals(results, KernelCsv.read(csv));
    }

    @Test
    void namesOurFastKernelsThatAllocateAndNoOthers() throws IOException {
        String allocating = WHOLE.replaceAll("\"rawData\": \\[\\[16.5.*\\]\\]", "\"rawData\": [[88.0, 96.0]]");

        assertEquals(1, read(allocating).allocating().size());
        assertEquals(List.of(), read(WHOLE).allocating());
        assertEquals(List.of(), read(allocating.replace("simd", "reference")).allocating());
        // What JMH allocates itself counts for more where an operation takes long: 88 bytes in 3 ms are its own.
        assertEquals(List.of(), read(allocating.replace("us/op", "ms/op")).allocating());
    }

    @Test
    void namesARowByBenchmarkAndParameters() throws IOException {
        BenchmarkId id = read(WHOLE).measurements().getFirst().id();

        assertEquals(new BenchmarkId("p.TensorEngineBenchmark.matmul", "simd", "bf16", "8x8x8", "avgt"), id);
        assertEquals(Operation.Matmul.MATMUL, id.operation());
        assertEquals("TensorEngineBenchmark.matmul bf16 8x8x8 simd", id.label());
    }

    @Test
    void survivesAScoreErrorOfNaNFromASingleIteration() throws IOException {
        assertEquals(3, read(WHOLE).measurements().getFirst().forkMedians().size());
    }

    @Test
    void writesAndReadsKernelsCsvWithoutLoss() throws IOException {
        BenchmarkResults results = read(WHOLE);
        Path csv = folder.resolve("kernels.csv");

        KernelCsv.write(csv, results);

        assertEquals("""
                benchmark,operation,implementation,type,shape,mode,unit,forks,median,min,max,error,spread,\
                steadiness,limit,share_of_limit,alloc_bytes_per_op,kind,fork_medians
                p.TensorEngineBenchmark.matmul,matmul,simd,bf16,8x8x8,avgt,us/op,3,3.0,2.0,5.0,%s,1.0,\
                drifting,N/A,N/A,0.25,measured,2.0 5.0 3.0
                """.formatted(results.measurements().getFirst().error().orElseThrow()), Files.readString(csv));
        assertEquals(results, KernelCsv.read(csv));
    }

    @Test
    void refusesAMissingFile() {
        Path file = folder.resolve("none.json");

        String message = refusal(() -> BenchmarkResults.read(file));

        assertEquals("cannot read " + file + ": no such file; check the path", message);
    }

    @Test
    void refusesAFileCutShort() {
        String message = refusal(() -> read(WHOLE.substring(0, WHOLE.length() / 2)));

        assertTrue(message.contains("is cut or no JSON at line 3"), message);
        assertEquals(1, message.lines().count());
    }

    @Test
    void refusesAScoreOfNaNByTheNameOfItsRow() {
        String message = refusal(() -> read(WHOLE.replace("[4.0, 6.0]", "[\"NaN\", 6.0]")));

        assertTrue(message.contains("p.TensorEngineBenchmark.matmul:avgt"), message);
        assertTrue(message.contains("has an iteration of NaN us/op"), message);
    }

    @Test
    void refusesScoresThatAreNoNumbers() {
        for (String broken : List.of("[null]", "[\"fast\"]", "[{}]", "[]")) {
            assertThrows(UserError.class, () -> read(WHOLE.replace("[4.0, 6.0]", broken)), broken);
        }
    }

    @Test
    void refusesJsonThatIsNoJmhResult() {
        for (String other : List.of("[]", "{}", "[1]", "[{\"benchmark\": \"a.b.c\"}]", "")) {
            assertThrows(UserError.class, () -> read(other), other);
        }
    }

    @Test
    void refusesARowTwice() {
        String rowAndEnd = WHOLE.strip().substring(1);
        String twice = "[" + rowAndEnd.substring(0, rowAndEnd.length() - 1) + "," + rowAndEnd;

        String message = refusal(() -> read(twice));

        assertTrue(message.contains("matmul bf16 8x8x8 simd twice"), message);
    }

    @Test
    void refusesAParameterWithoutAColumn() {
        String message = refusal(() -> read(WHOLE.replace("\"shape\"", "\"batch\"")));

        assertTrue(message.contains("has the parameter 'batch'"), message);
    }

    @Test
    void namesTheRecordOfABrokenKernelsCsv() throws IOException {
        Path csv = folder.resolve("kernels.csv");
        KernelCsv.write(csv, read(WHOLE));
        Files.writeString(csv, Files.readString(csv).replace("2.0 5.0 3.0", "2.0 x"));

        String message = refusal(() -> KernelCsv.read(csv));

        assertTrue(message.startsWith(csv + ", line 2: "), message);
    }

    @Test
    void refusesAnAllocationThatNothingHas() throws IOException {
        Path csv = Files.writeString(
                folder.resolve("kernels.csv"),
                """
                benchmark,implementation,type,shape,mode,unit,alloc_bytes_per_op,fork_medians
                a.B.c,simd,fp32,1x1,avgt,us/op,-1e999,1 2 3
                """);

        assertTrue(refusal(() -> KernelCsv.read(csv)).contains("alloc_bytes_per_op of -Infinity"));
    }

    private BenchmarkResults read(String json) throws IOException {
        return BenchmarkResults.read(Files.writeString(folder.resolve("jmh.json"), json));
    }

    private static String refusal(Executable action) {
        return String.valueOf(assertThrows(UserError.class, action).getMessage());
    }
}
