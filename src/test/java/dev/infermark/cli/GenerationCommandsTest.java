package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class GenerationCommandsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void theAnswerStandsInFrontInWords() {
        assertEquals(
                0,
                run("predict", "llama-3.2-1b", "--instance", "inf2.xlarge", "--tp", "2", "--isl", "128", "--osl", "16"),
                err::toString);
        List<String> lines = out.toString().lines().toList();
        assertTrue(
                lines.getFirst().matches("\\S+ ms to the first token, \\S+ ms per token \\(90 %: \\S+ to \\S+\\),"
                        + " \\S+ output tokens/s, \\$\\S+ per million"),
                lines.getFirst());
        assertTrue(
                lines.get(1).startsWith("llama-3.2-1b, batch 1, 128 tokens in, 16 out, tp 2, on inf2.xlarge at $"),
                lines.get(1));
    }

    @Test
    void severalInstancesAreComparedByWhatPeopleAsk() {
        assertEquals(
                0,
                run("predict", "llama-3.2-1b", "--instance", "inf2.xlarge,inf2.24xlarge", "--tp", "2", "--osl", "16"),
                err::toString);
        List<String> lines = out.toString().lines().toList();
        assertEquals(4, lines.size(), out::toString);
        assertTrue(lines.get(1).contains("First token, ms  Per token, ms  Output tokens, 1/s"), lines.get(1));
        assertTrue(lines.getLast().startsWith("inf2.24xlarge"), lines.getLast());
    }

    @Test
    void predictsTextGenerationUnderTheNamesOfVllm() {
        assertEquals(
                0,
                run(
                        "predict", "--model", "llama-3.2-1b", "--instance", "inf2.48xlarge", "--tensor-parallel", "8",
                        "--batch", "4", "--input-length", "1024", "--output-length", "256", "--format", "csv"));
        assertTrue(out.toString().contains("median_ttft_ms,") && out.toString().contains("output_throughput,"));
    }

    @Test
    void refusesAnIllegalDegreeInOneLine() {
        assertEquals(
                2,
                run(
                        "predict", "--model", "llama-3.2-1b", "--instance", "inf2.48xlarge", "--tensor-parallel", "7",
                        "--output-length", "16"));
        assertEquals(1, err.toString().lines().count());
        assertTrue(err.toString().contains("use 1, 2, 4, 8, 12, 24"), err.toString());
    }

    @Test
    void dividesExpertsAndNormsAmongCoresAndSaysThatNobodyPublishedIt() {
        assertEquals(
                0,
                run("predict", "mixtral-8x7b", "--instance", "inf2.48xlarge", "--tp", "8", "--ep", "4",
                        "--sequence-parallel", "--osl", "16", "--format", "csv"));
        assertTrue(out.toString().contains(",expert_parallel_size,sequence_parallel_enabled,"), out.toString());
        assertEquals(2, err.toString().lines().filter(line -> line.contains("extrapolated")).count(), err.toString());
        assertEquals(
                0, run("fit", "mixtral-8x7b", "--instance", "inf2.48xlarge", "--tp", "8", "--ep", "4", "--osl", "16"));
        assertEquals(2, run("predict", "mixtral-8x7b", "--instance", "inf2.48xlarge", "--tp", "8", "--ep", "3"));
        assertTrue(err.toString().contains("--expert-parallel 3 is not legal"), err.toString());
        assertEquals(2, run("predict", "bert-base-uncased", "--instance", "inf2.48xlarge", "--tp", "2", "--ep", "2"));
        assertTrue(err.toString().contains("generates text"), err.toString());
    }

    @Test
    void saysOfWhatNobodyMeasuredThatItsRangeIsAGuess() {
        assertEquals(0, run("predict", "bert-base-uncased", "--instance", "inf2.8xlarge", "--tensor-parallel", "2"));
        assertTrue(
                out.toString().lines().findFirst().orElseThrow()
                        .matches("[0-9.]+ ms \\(not measured: taken as [0-9.]+ to [0-9.]+\\), .*"),
                out.toString());
        assertTrue(!out.toString().contains("90 %"), out.toString());
    }

    @Test
    void sharesAnEncoderAmongCores() {
        assertEquals(
                0,
                run("predict", "bert-base-uncased", "--instance", "inf2.8xlarge", "--tensor-parallel", "2", "--format",
                        "csv"));
        assertTrue(out.toString().contains("tensor_parallel_size,") && out.toString().contains("exchange_ms,"));
        assertEquals(2, run("predict", "bert-base-uncased", "--instance", "inf2.48xlarge", "--tensor-parallel", "8"));
        assertTrue(err.toString().contains("use 1, 2, 4, 12"), err.toString());
        assertEquals(
                0,
                run("predict", "bert-base-uncased", "--instance", "inf2.8xlarge", "--tensor-parallel", "2",
                        "--sequence-parallel", "--format", "csv"));
        assertTrue(out.toString().contains(",sequence_parallel_enabled,"), out.toString());
        assertEquals(2, run("predict", "bert-base-uncased", "--sequence-parallel"));
        assertTrue(err.toString().contains("add --tensor-parallel"), err.toString());
        assertEquals(
                2,
                run("predict", "vit-base-patch16-224", "--instance", "inf2.8xlarge", "--tensor-parallel", "2",
                        "--sequence-parallel"));
        assertTrue(err.toString().contains("has 197"), err.toString());
        assertEquals(2, run("plan", "bert-base-uncased", "--tensor-parallel", "2"));
        assertTrue(err.toString().contains("in fit and predict"), err.toString());
    }

    @Test
    void refusesSequencesThatOverflowTheCache() {
        assertEquals(
                2,
                run(
                        "predict", "--model", "llama-3.2-1b", "--instance", "inf2.48xlarge", "--input-length", "4096",
                        "--output-length", "16", "--compiled-length", "4096"));
        assertTrue(err.toString().contains("--compiled-length"), err.toString());
    }

    @Test
    void exitsWithOneAndAdviceWhereAModelDoesNotFit() {
        assertEquals(
                1,
                run(
                        "fit", "--model", "llama-3.2-1b", "--instance", "inf2.xlarge", "--tensor-parallel", "1",
                        "--batch", "64", "--input-length", "8064", "--output-length", "128"));
        assertTrue(err.toString().contains("--batch"), err.toString());
        assertTrue(out.toString().contains("scratchpad"), out.toString());
    }

    @Test
    void tellsOfNetworksThatAreCalledOnceToo() {
        assertEquals(1, run("fit", "resnet50", "--instance", "inf1.xlarge", "--batch", "64"));
        assertTrue(err.toString().contains("has 2.0 GiB; any of these does: --cores 1; --batch "), err.toString());
        assertTrue(out.toString().contains("dma rings"), out.toString());
        assertEquals(0, run("fit", "bert-base-uncased"));
    }

    @Test
    void saysOfModelsLargerThanAnyMeasuredThatTheyAreExtrapolated() {
        assertEquals(
                0,
                run("predict", "gpt3-175b", "--instance", "inf2.48xlarge", "--runtime", "transformers-neuronx",
                        "--output-length", "16"));
        assertTrue(err.toString().contains("an extrapolation"), err.toString());
        assertTrue(!out.toString().contains("90 %"), out.toString());
    }

    @Test
    void generatesNoTextOnInf1ButCallsItsModelsOnce() {
        assertEquals(0, run("fit", "t5-large", "--instance", "inf1.xlarge"));
        err.getBuffer().setLength(0);
        assertEquals(2, run("fit", "t5-large", "--instance", "inf1.xlarge", "--output-length", "8"));
        assertEquals(2, run("predict", "gpt2", "--instance", "inf1.xlarge", "--output-length", "8"));
        assertEquals(
                2,
                err.toString()
                        .lines()
                        .filter(line -> line.contains("not modelled on AWS Inferentia1"))
                        .count());
    }

    @Test
    void exitsWithZeroWhereItFits() {
        assertEquals(0, run("fit", "--model", "llama-3.2-1b", "--instance", "inf2.xlarge", "--tensor-parallel", "2"));
    }

    @Test
    void findsTheBestPipelineAndPrintsWhatItComparedIt() {
        assertEquals(
                0,
                run("predict", "bert-base-uncased", "--instance", "inf1.6xlarge", "--pipeline-cores", "auto",
                        "--workers", "12"));
        assertTrue(err.toString().contains("4 · round(weights / 2e7), gives 16 cores"), err.toString());
        assertTrue(out.toString().contains("Clients that fill it"), out.toString());
        assertTrue(out.toString().lines().anyMatch(line -> line.matches("Cores of a copy +16")));
    }

    @Test
    void refusesPipelinesThatCannotBeInOneLine() {
        assertEquals(2, run("predict", "bert-tiny", "--instance", "inf1.24xlarge", "--pipeline-cores", "40"));
        assertTrue(err.toString().contains("use at most"), err.toString());
        assertEquals(2, run("explain", "bert-tiny", "--pipeline-cores", "auto"));
        assertEquals(2, run("predict", "bert-tiny", "--pipeline-cores", "some"));
        assertEquals(
                2,
                run("predict", "llama-3.2-1b", "--instance", "inf2.48xlarge", "--pipeline-cores", "4",
                        "--output-length", "16"));
        assertEquals(4, err.toString().lines().count());
    }

    @Test
    void listsExchangesInTheColumnsOfNccomTest() {
        assertEquals(
                0,
                run("collectives", "--op", "all-reduce", "--ranks", "24", "--sizes", "1KiB..4KiB", "--format", "csv"));
        assertTrue(out.toString().startsWith("size(B),count(elems),type,time:avg(us),algbw(GB/s),busbw(GB/s)"));
        assertEquals(4, out.toString().lines().count());
    }

    @Test
    void listsPublishedExchangesBesideTheirModels() {
        assertEquals(0, run("collectives", "--published", "--format", "csv"));
        assertTrue(out.toString().contains("all-gather,8,2025-06,1024,10,9.9"), out.toString());
    }

    @Test
    void refusesSizesThatAreNone() {
        assertEquals(2, run("collectives", "--sizes", "many"));
        assertEquals(2, run("collectives", "--sizes", "4KiB..1KiB"));
    }

    private int run(String... arguments) {
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }
}
