package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LoadCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @Test
    void equalSeedsGiveEqualOutputToTheByte() {
        String[] call = {
            "load", "bert-base-uncased", "--rate", "200/s", "--batch", "4", "--max-delay", "5ms", "--requests", "5000",
            "--format", "csv"
        };
        assertEquals(0, run(call));
        String first = out.toString();
        assertEquals(0, run(call));
        assertEquals(first, out.toString());
    }

    @Test
    void aRateBeyondTheCapacityIsRefusedWithTheCapacity() {
        assertEquals(2, run("load", "bert-base-uncased", "--rate", "100000/s"));
        assertTrue(err.toString().contains("exceed the capacity of"), err.toString());
    }

    @Test
    void ratesOfZeroAndBelowAreRefused() {
        for (String rate : new String[] {"0/s", "-5", "many"}) {
            assertEquals(2, run("load", "bert-base-uncased", "--rate", rate));
            assertTrue(err.toString().contains("is no rate"), err.toString());
        }
    }

    @Test
    void aTraceOutOfOrderIsRefused() throws Exception {
        Path trace = Files.writeString(folder.resolve("trace.txt"), "0.1\n0.3\n0.2\n");
        assertEquals(2, run("load", "bert-base-uncased", "--trace", trace.toString()));
        assertTrue(err.toString().contains("sort the trace by time"), err.toString());
    }

    @Test
    void anImpossiblePercentileIsRefusedWithWhatIsReached() {
        assertEquals(2, run("load", "bert-base-uncased", "--p99", "100us"));
        assertTrue(err.toString().contains("out of reach"), err.toString());
    }

    @Test
    void everyScenarioSaysWhatItIsScoredBy() {
        String[][] scenarios = {
            {"single-stream", "latency_p90_ms"},
            {"multi-stream", "latency_p99_ms"},
            {"server", "throughput_per_s", "--p99", "20ms"},
            {"offline", "throughput_per_s"}
        };
        for (String[] each : scenarios) {
            List<String> call = new ArrayList<>(List.of(
                    "load", "bert-base-uncased", "--requests", "5000", "--format", "csv", "--scenario", each[0]));
            call.addAll(List.of(each).subList(2, each.length));
            assertEquals(0, run(call.toArray(String[]::new)), err::toString);
            assertTrue(out.toString().contains("\n" + each[0] + "," + each[1] + ",2,1,"), out.toString());
        }
    }

    @Test
    void aScenarioWithARateAndAServerWithoutALimitAreRefused() {
        assertEquals(2, run("load", "bert-base-uncased", "--scenario", "offline", "--rate", "5/s"));
        assertTrue(err.toString().contains("--scenario offline takes no --p99"), err.toString());
        assertEquals(2, run("load", "bert-base-uncased", "--scenario", "server"));
        assertTrue(err.toString().contains("such as --p99 15ms"), err.toString());
        assertEquals(2, run("load", "bert-base-uncased"));
        assertTrue(err.toString().contains("nothing is asked of the service"), err.toString());
    }

    @Test
    void moreBucketsNeverTakeMoreTime() throws Exception {
        Path lengths = Files.writeString(folder.resolve("lengths.txt"), "16\n16\n40\n64\n100\n128\n");
        assertEquals(
                0,
                run(
                        "buckets", "bert-base-uncased", "--lengths", lengths.toString(), "--count", "3", "--format",
                        "csv"));
        double last = Double.POSITIVE_INFINITY;
        for (String line : out.toString().lines().skip(1).toList()) {
            double percent = Double.parseDouble(line.substring(line.lastIndexOf(',') + 1));
            assertTrue(percent <= last);
            last = percent;
        }
    }

    @Test
    void lengthsThatAreNoWholeNumbersAreRefused() throws Exception {
        Path lengths = Files.writeString(folder.resolve("lengths.txt"), "16\n16.5\n");
        assertEquals(2, run("buckets", "bert-base-uncased", "--lengths", lengths.toString()));
        assertTrue(err.toString().contains("no number of tokens"), err.toString());
    }

    private int generate(String... more) {
        List<String> call = new ArrayList<>(
                List.of("load", "llama-3.2-1b", "--instance", "inf2.48xlarge", "--tp", "8", "--batch", "4"));
        call.addAll(List.of(more));
        return run(call.toArray(String[]::new));
    }

    @Test
    void textUnderLoadIsReportedUnderTheNamesOfVllm() {
        String[] call = {
            "--isl", "128", "--osl", "32", "--rate", "20/s", "--requests", "200", "--goodput", "ttft:300,tpot:20",
            "--format", "csv"
        };
        assertEquals(0, generate(call), err::toString);
        String first = out.toString();
        for (String name : List.of(
                "mean_ttft_ms", "p99_ttft_ms", "mean_tpot_ms", "request_throughput", "output_throughput",
                "request_goodput")) {
            assertTrue(first.lines().findFirst().orElseThrow().contains("," + name + ","), name);
        }
        assertEquals(0, generate(call));
        assertEquals(first, out.toString());
    }

    @Test
    void targetsAloneAskForTheHighestRateThatKeepsThem() {
        assertEquals(
                0,
                generate("--osl", "16", "--goodput", "ttft:500", "--requests", "100", "--format", "csv"),
                err::toString);
        assertEquals(2, generate("--osl", "16", "--goodput", "ttft:1", "--requests", "100"));
        assertTrue(err.toString().contains("the targets are out of reach"), err.toString());
    }

    @Test
    void requestsThatAreTurnedAwayMissTheirTargets() {
        assertEquals(
                0,
                generate("--osl", "16", "--goodput", "ttft:100000", "--requests", "400", "--queue-limit", "1",
                        "--format", "csv"),
                err::toString);
        List<String> lines = out.toString().lines().toList();
        int dropped = List.of(lines.get(0).split(",", -1)).indexOf("dropped");
        assertTrue(Integer.parseInt(lines.get(1).split(",", -1)[dropped]) <= 4, out.toString());
    }

    @Test
    void aTraceWithLengthsIsReplayed() throws Exception {
        Path trace = Files.writeString(
                folder.resolve("trace.csv"), "arrival_s,input_length,output_length\n0,100,3\n0.5,200,5\n1,900,4\n");
        assertEquals(
                0, generate("--trace", trace.toString(), "--compiled-length", "512", "--format", "csv"));
        assertTrue(out.toString().contains(",continuous,512,2,0,1,"), out.toString());
    }

    @Test
    void whatTextGenerationDoesNotHaveIsRefused() {
        assertEquals(2, generate("--osl", "16", "--rate", "100000/s"));
        assertTrue(err.toString().contains("exceed the capacity of"), err.toString());
        assertEquals(2, generate("--osl", "16", "--p99", "20ms"));
        assertTrue(err.toString().contains("--goodput"), err.toString());
        assertEquals(2, generate("--rate", "1/s"));
        assertTrue(err.toString().contains("--output-length"), err.toString());
        assertEquals(2, generate("--osl", "16", "--rate", "1/s", "--random-range-ratio", "1"));
        assertTrue(err.toString().contains("below 1"), err.toString());
        assertEquals(2, run("load", "bert-base-uncased", "--rate", "1/s", "--goodput", "ttft:5"));
        assertTrue(err.toString().contains("for text generation"), err.toString());
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void aTraceWithoutEndIsRefused() {
        assertEquals(2, run("load", "bert-base-uncased", "--trace", "/dev/zero"));
        assertEquals(1, err.toString().lines().count(), err.toString());
    }
}
