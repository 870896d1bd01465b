package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String line) {
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), line.split(" "));
    }

    @Test
    void theCheapestDeploymentIsPrintedWithWhatBoundsIt() {
        assertEquals(0, run("plan resnet50 --instance inf1.xlarge,inf2.xlarge --batch 1 --format csv"));
        assertTrue(out.toString().startsWith("instance_type,n_instances,n_cores,sharing"), out.toString());
        assertEquals(3, out.toString().lines().count());
    }

    @Test
    void theNearestMeasurementStandsBesideTheChoice() {
        assertEquals(0, run("plan bert-base-uncased --instance inf1.xlarge --batch 3"));
        assertTrue(
                out.toString().contains("nearest measured: inf1.xlarge, 128 tokens, batch 3, SDK 2.20, 10.5 ms"),
                out.toString());
        assertEquals("", err.toString());
    }

    @Test
    void theDocumentedRuleForBatchesStandsBesideTheBestOnes() {
        assertEquals(0, run("plan bert-large-uncased --sequence-length 128 --instance inf1.xlarge,inf2.xlarge"));
        // The documentation's own table has 6 for this network on Inf1.
        assertTrue(out.toString().contains("6 on AWS Inferentia1, where the best here is "), out.toString());
    }

    @Test
    void theCostAsAskedIsToldFromThatAtFullLoad() {
        assertEquals(0, run("plan resnet50 --instance inf2.xlarge --batch 1 --throughput 10/s"));
        assertTrue(out.toString().contains("per million at the 10/s asked, idle time included; $"), out.toString());
        assertTrue(out.toString().contains("per million at full load"), out.toString());
    }

    @Test
    void aTargetOutOfReachIsOneLineAndStatusTwo() {
        assertEquals(2, run("plan resnet50 --instance inf2.xlarge --batch 1 --latency-p99 1us"));
        assertTrue(err.toString().contains("the closest is inf2.xlarge"), err.toString());
        assertEquals(1, err.toString().lines().count());
    }

    @Test
    void generationIsPlannedByTimesOfTokens() {
        assertEquals(
                0,
                run("plan llama-3-8b --isl 128 --osl 64 --goodput ttft:1000,tpot:50 --instance inf1.xlarge,inf2.xlarge"
                        + " --format csv"));
        assertTrue(out.toString().contains("median_tpot_ms"), out.toString());
        assertTrue(out.toString().contains("inf2.xlarge"), out.toString());
    }

    @Test
    void anInstanceWithoutTheMemorySaysSo() {
        assertEquals(
                0,
                run("plan llama-2-13b --isl 16 --osl 16 --batch 1 --instance inf2.xlarge,inf2.24xlarge"
                        + " --why-not inf2.xlarge"));
        assertTrue(out.toString().contains("does not fit on 1 core of inf2.xlarge"), out.toString());
    }

    @Test
    void aGoodputThatCannotBeReadSaysHowToWriteIt() {
        assertEquals(2, run("plan llama-3-8b --osl 64 --goodput tpot=50"));
        assertTrue(err.toString().contains("ttft:300,tpot:50"), err.toString());
    }

    @Test
    void filesHaveTheNamesThatUsersKnow(@TempDir Path folder) throws Exception {
        assertEquals(0, run("plan resnet50 --instance inf2.xlarge --batch 1 --out " + folder));
        assertTrue(Files.readString(folder.resolve("best_config_topn.csv")).startsWith("rank,instance_type"));
        assertTrue(Files.size(folder.resolve("pareto.csv")) > 0);
        assertEquals((byte) 'P', Files.readAllBytes(folder.resolve("pareto_frontier.png"))[1]);
        assertTrue(Files.readString(folder.resolve("pareto_frontier.svg")).startsWith("<svg"));
    }

    @Test
    void thePageHoldsEveryDeploymentAndNeedsNoNetwork(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("plan.html");
        assertEquals(0, run("plan resnet50 --instance inf2.xlarge --batch 1 --html " + page));
        String html = Files.readString(page);
        assertEquals(8, html.split("\\[\"inf2.xlarge\",", -1).length - 1);
        assertTrue(html.contains("\"ri-effective\""));
        assertTrue(!html.replace("http://www.w3.org/2000/svg", "").contains("http"), "a link leads out of the page");
    }

    @Test
    void thePageBeginsWithTheTargetThatWasAsked(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("plan.html");
        assertEquals(
                0,
                run("plan resnet50 --instance inf2.xlarge --batch 1 --latency-p99 12.5ms --throughput 300/s"
                        + " --price-basis blog --html " + page));
        String html = Files.readString(page);
        assertTrue(html.contains("<input id=\"time\" type=\"number\" min=\"0\" step=\"any\" value=\"12.5\">"), html);
        assertTrue(html.contains("<input id=\"rate\" type=\"number\" min=\"0\" step=\"any\" value=\"300\">"), html);
        assertTrue(html.indexOf("<option value=\"blog\"") < html.indexOf("<option value=\"on-demand\""), html);
    }

    @Test
    void thePageOfTextBeginsWithBothTimesAndTheTokensOfAllRequests(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("plan.html");
        assertEquals(
                0,
                run("plan llama-3-8b --isl 128 --osl 64 --goodput ttft:1000,tpot:50 --requests 2/s"
                        + " --instance inf2.xlarge --html " + page));
        String html = Files.readString(page);
        assertTrue(html.contains("<input id=\"first\" type=\"number\" min=\"0\" step=\"any\" value=\"1000\">"), html);
        assertTrue(html.contains("<input id=\"time\" type=\"number\" min=\"0\" step=\"any\" value=\"50\">"), html);
        assertTrue(html.contains("<input id=\"rate\" type=\"number\" min=\"0\" step=\"any\" value=\"128\">"), html);
    }

    @Test
    void rangesThatNobodyMeasuredAreNotCalledIntervals(@TempDir Path folder) throws Exception {
        Path page = folder.resolve("plan.html");
        assertEquals(
                0,
                run("plan mixtral-8x7b --isl 128 --osl 64 --batch 1 --instance inf2.48xlarge --tp 24 --html " + page));
        assertTrue(Files.readString(page).contains("a range that is a guess, as nothing was measured"));
    }

    @Test
    void deploymentsThatCannotBeHadAreCountedByCause() {
        assertEquals(
                0, run("plan bert-large-uncased --latency-p99 10ms --instance inf1.xlarge,inf2.xlarge"
                        + " --why-not inf1.xlarge"));
        List<String> lines = out.toString().lines().toList();
        assertTrue(
                lines.get(0).matches("\\d+ deployments miss latency-p99 of 10.00 ms; the closest: .*"), lines.get(0));
        assertTrue(
                lines.get(1).matches("\\d+ deployments cannot be had, the first: .*GiB of device memory.*"),
                lines.get(1));
        assertTrue(
                lines.get(2)
                        .matches("\\d+ deployments cannot be had, the first: .*the fullest of 2 cores of a pipe.*"),
                lines.get(2));
        assertEquals(3, lines.size(), out.toString());
    }

    @Test
    void saysWhereNothingFitsAndWhatWould() {
        assertEquals(0, run("plan gpt3-175b --isl 1024 --osl 1024 --batch 1"));
        assertTrue(err.toString().contains("inf2.48xlarge: gpt3-175b does not fit on 24 cores"), err.toString());
        assertTrue(
                err.toString().contains("it fits with --runtime transformers-neuronx or with --weight-type int8"),
                err.toString());
        assertTrue(err.toString().contains("inf1.24xlarge: text generation is not modelled"), err.toString());
    }

    @Test
    void spotPricesAreTheUsersOwn(@TempDir Path folder) throws Exception {
        assertEquals(2, run("plan resnet50 --batch 1 --price-basis spot"));
        assertTrue(err.toString().contains("give yours with --prices FILE"), err.toString());
        Path file = folder.resolve("spot.csv");
        Files.writeString(file, "instance,date,usd_per_hour,basis\ninf2.xlarge,2026-11,0.36,spot\n");
        assertEquals(0, run("plan resnet50 --batch 1 --format csv --price-basis " + file));
        assertEquals(2, out.toString().lines().count());
    }

    @Test
    void pricesOfAnotherRegionAreRefused() {
        assertEquals(2, run("plan resnet50 --region eu-central-1"));
        assertTrue(err.toString().contains("us-east-1"), err.toString());
    }
}
