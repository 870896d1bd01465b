package dev.infermark.deploy;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.simulate.Resource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class QuoterTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Quoter QUOTER = Quoter.builtIn();

    @ParameterizedTest
    @CsvSource({"inf2.xlarge,1,1", "inf2.xlarge,2,1", "inf2.xlarge,2,2", "inf1.xlarge,4,2", "inf1.xlarge,1,1"})
    void obeysLittlesLaw(String instance, int cores, int workers) {
        Prediction prediction = predict("bert-base-uncased", instance, cores, workers, 4);
        double inFlight = prediction.throughput() * prediction.latencySeconds() / 4;
        assertEquals(cores * workers, inFlight, 1e-9);
    }

    @Test
    void aSecondWorkerRaisesThroughputAndLatency() {
        Prediction one = predict("bert-base-uncased", "inf2.xlarge", 1, 1, 4);
        Prediction two = predict("bert-base-uncased", "inf2.xlarge", 1, 2, 4);
        assertTrue(two.throughput() > one.throughput());
        assertTrue(two.latencySeconds() > one.latencySeconds());
    }

    @ParameterizedTest
    @CsvSource({
        "bert-base-uncased, inf2.xlarge, 1, 1, 8, TensorE",
        "xlm-roberta-base, inf2.xlarge, 1, 2, 8, host copies",
        "xlm-roberta-base, inf2.xlarge, 1, 1, 8, host"
    })
    void saysWhenTheHostBoundsACall(
            String model, String instance, int cores, int workers, long batch, String boundBy) {
        assertEquals(boundBy, predict(model, instance, cores, workers, batch).boundBy());
    }

    @Test
    void saysWhenAChipTakesInImagesMoreSlowlyThanItsCoresWork() {
        Instance instance = CATALOG.instance("inf1.xlarge");
        Prediction prediction = QUOTER.predict(
                Network.of(Models.find("resnet50"), Workload.ofBatch(16), CustomSupport.NONE),
                new Deployment(instance, new Parallelism.Replicated(4), 1, SdkVersion.NEWEST),
                Precision.compilerDefault(DataType.FP32, instance.chip().core()));
        assertEquals("host input", prediction.boundBy());
    }

    @Test
    void theSecondGenerationIsFaster() {
        assertTrue(predict("bert-base-uncased", "inf2.xlarge", 1, 1, 1).latencySeconds()
                < predict("bert-base-uncased", "inf1.xlarge", 1, 1, 1).latencySeconds() / 4);
    }

    @Test
    void refusesANetworkThatDoesNotFitIntoTheMemoryOfACore() {
        UserError e = assertThrows(UserError.class, () -> predict("bert-base-uncased", "inf1.xlarge", 1, 1, 3000));
        assertMentions(e, "on inf1.xlarge: each core needs ", "has 8.0 GiB", "infermark fit");
    }

    @Test
    void refusesMoreCoresThanTheInstanceHas() {
        Instance instance = CATALOG.instance("inf2.xlarge");
        UserError e = assertThrows(UserError.class, () -> deployment(instance, 3, 1));
        assertMentions(e, "3 cores", "inf2.xlarge has 2");
    }

    @ParameterizedTest
    @CsvSource({"0,1,cores", "1,0,workers", "1,-1,workers"})
    void refusesNumbersBelowOne(int cores, int workers, String named) {
        Instance instance = CATALOG.instance("inf2.xlarge");
        UserError e = assertThrows(
                UserError.class, () -> deployment(instance, cores, workers));
        assertMentions(e, named, "at least 1");
    }

    @Test
    void predictsAChangedCoreWithTheParametersOfItsGeneration(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("mine.json");
        Files.writeString(
                file,
                """
                {"chips": {"mine": {"extends": "inferentia2", "core": {"tensor": {"clock":
                  {"value": 5.6, "unit": "GHz", "kind": "inferred", "source": "twice the clock"}}}}},
                 "instances": {"mine.xlarge": {"extends": "inf2.xlarge", "chip": "mine"}}}
                """);
        Catalog catalog = CATALOG.with(file);
        double theirs = predict("bert-base-uncased", CATALOG.instance("inf2.xlarge"), 1, 1, 16).latencySeconds();
        double mine = predict("bert-base-uncased", catalog.instance("mine.xlarge"), 1, 1, 16).latencySeconds();
        assertTrue(mine < theirs && mine > theirs / 2, () -> mine + " beside " + theirs);

        Network network = network("bert-base-uncased", 16);
        Deployment measured = Deployment.singleStream(CATALOG.instance("inf2.xlarge"), SdkVersion.NEWEST);
        Deployment changed = Deployment.singleStream(catalog.instance("mine.xlarge"), SdkVersion.NEWEST);
        assertTrue(QUOTER.predict(network, measured, precision(measured.instance())).isCalibrated());
        assertFalse(QUOTER.predict(network, changed, precision(changed.instance())).isCalibrated());
        assertTrue(QUOTER.interval(network, changed).halfWidth() > QUOTER.interval(network, measured).halfWidth());
    }

    @Test
    void givesEachCoreItsPartOfTheNetworkAndAddsTheExchanges() {
        Instance instance = CATALOG.instance("inf2.48xlarge");
        Network network = network("bert-large-uncased", 64);
        Prediction whole = shared(network, instance, 1);
        Prediction half = shared(network, instance, 2);
        Prediction eighth = shared(network, instance, 8);
        Prediction copies = QUOTER.predict(network, deployment(instance, 24, 1), precision(instance));
        assertEquals(copies.phases(), whole.phases());
        assertEquals(whole.estimate().seconds() / 2, half.estimate().seconds(), 0.1 * half.estimate().seconds());
        assertTrue(eighth.estimate().seconds() < half.estimate().seconds() / 2);
        assertTrue(eighth.exchangeSeconds() > half.exchangeSeconds() && half.exchangeSeconds() > 0);
        assertEquals(0, whole.exchangeSeconds());
        assertEquals(
                half.latencySeconds(),
                half.estimate().seconds() + half.exchangeSeconds() + half.hostSeconds(),
                1e-12);
        assertEquals(12 * 64 / half.latencySeconds(), half.throughput(), 1e-6);
        List<Double> exchanges = half.phases().getFirst().exchanges();
        assertEquals(24, exchanges.stream().filter(seconds -> seconds > 0).count());
        assertEquals(half.estimate().stages().size(), exchanges.size());
        assertTrue(half.memory().core().constants() < 0.6 * whole.memory().core().constants());
    }

    private static Prediction shared(Network network, Instance instance, int degree) {
        Parallelism split = new Parallelism.TensorParallel(degree, instance.coreCount() / degree);
        return QUOTER.predict(
                network, new Deployment(instance, split, 1, SdkVersion.NEWEST), precision(instance));
    }

    @ParameterizedTest
    @CsvSource({"bert-large-uncased, 2", "bert-large-uncased, 8", "gpt2, 4", "llama-3.2-1b, 8", "opt-350m, 8"})
    void normsByTokensMoveAsManyBytesAndNeverAddWork(String model, int degree) {
        Instance instance = CATALOG.instance("inf2.48xlarge");
        Network network = network(model, 4);
        Deployment whole = new Deployment(
                instance, new Parallelism.TensorParallel(degree, 1), 1, SdkVersion.NEWEST);
        Prediction before = QUOTER.predict(network, whole, precision(instance));
        Deployment byTokens = whole.with(Parallelism.Norms.SEQUENCE_PARALLEL);
        Prediction after = QUOTER.predict(network, byTokens, precision(instance));
        assertEquals(before.exchangeSeconds(), after.exchangeSeconds(), 1e-9);
        assertTrue(after.estimate().busy(Resource.VECTOR) < before.estimate().busy(Resource.VECTOR));
        assertEquals(before.estimate().busy(Resource.TENSOR), after.estimate().busy(Resource.TENSOR), 1e-9);
        assertTrue(after.latencySeconds() <= before.latencySeconds());
        assertEquals(
                before.memory().core().constants(), after.memory().core().constants());
        assertEquals(before.estimate().stages().size(), after.estimate().stages().size());
    }

    @Test
    void takesTheExchangesOfAFileThatIsOneCoresPart(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("part.hlo"), """
                HloModule part

                %sum (a: f32[], b: f32[]) -> f32[] {
                  %a = f32[] parameter(0)
                  %b = f32[] parameter(1)
                  ROOT %c = f32[] add(%a, %b)
                }

                ENTRY %main (x: f32[512,512], w: f32[512,512]) -> f32[512,512] {
                  %x = f32[512,512] parameter(0)
                  %w = f32[512,512] parameter(1)
                  %h = f32[512,512] dot(%x, %w), lhs_contracting_dims={1}, rhs_contracting_dims={0}
                  ROOT %r = f32[512,512] all-reduce(%h), replica_groups={{0,1,2,3}}, to_apply=%sum
                }
                """);
        Network part = Network.of(Models.find(file.toString()), Workload.ofBatch(1), CustomSupport.NONE);
        Instance instance = CATALOG.instance("inf2.48xlarge");
        // An all-reduce of 1 MiB among 4: its start, and 2 · 3/4 of its bytes on the bus of 56.6 GB/s.
        double moving = 1.5 * (1 << 20) / 56.6e9;
        double start = GenerationCalibration.builtIn().largeAllReduceSeconds();
        assertEquals(start + moving, shared(part, instance, 4).exchangeSeconds(), 1e-9);
        UserError other = assertThrows(UserError.class, () -> shared(part, instance, 8));
        assertMentions(other, "part", "over 4 cores", "--tensor-parallel 4");
        UserError alone = assertThrows(
                UserError.class, () -> QUOTER.predict(part, deployment(instance, 1, 1), precision(instance)));
        assertMentions(alone, "one core's part", "add --tensor-parallel 4");
        Deployment piped = new Deployment(instance, new Parallelism.LayerPipeline(2, 1), 1, SdkVersion.NEWEST);
        assertThrows(UserError.class, () -> QUOTER.predict(part, piped, precision(instance)));
    }

    @Test
    void quotesThePriceOfTheBook() {
        Instance instance = CATALOG.instance("inf2.xlarge");
        Network network = network("bert-base-uncased", 4);
        Quote quote = QUOTER.quote(
                network, deployment(instance, 2, 1), precision(instance), CATALOG.priceBook("on-demand"));
        double dollars = CATALOG.priceBook("on-demand").price("inf2.xlarge").dollarsPerHour();
        assertEquals(QUOTER.predict(network, deployment(instance, 2, 1), precision(instance)), quote.prediction());
        assertEquals(dollars / 3600 / quote.prediction().throughput(), quote.cost().perInference(), 1e-18);
        assertEquals("us-east-1", quote.region());
    }

    @Test
    void anEncoderHasOnePhase() {
        Prediction prediction = predict("bert-base-uncased", "inf2.xlarge", 1, 1, 1);
        Phase phase = prediction.phases().getFirst();
        assertEquals(1, prediction.phases().size());
        assertEquals(Phase.Kind.ENCODE, phase.kind());
        assertEquals(prediction.latencySeconds(), phase.estimate().seconds() + phase.hostSeconds(), 1e-15);
    }

    @Test
    void theBlogsCostOfACallEqualsThatOfItsThroughput() {
        double latency = 0.0729;
        Cost cost = new Cost("blog", 0.7582, 10 / latency);
        assertEquals(Cost.ofCall(0.7582, latency, 10), cost.perInference(), 1e-18);
        assertEquals(1e6 * cost.perInference(), cost.perMillion(), 1e-12);
    }

    private static Prediction predict(String model, String instanceName, int cores, int workers, long batch) {
        return predict(model, CATALOG.instance(instanceName), cores, workers, batch);
    }

    private static Prediction predict(String model, Instance instance, int cores, int workers, long batch) {
        return QUOTER.predict(
                network(model, batch),
                deployment(instance, cores, workers),
                precision(instance));
    }

    private static Deployment deployment(Instance instance, int cores, int workers) {
        return new Deployment(instance, new Parallelism.Replicated(cores), workers, SdkVersion.NEWEST);
    }

    private static Network network(String model, long batch) {
        return Network.of(Models.find(model), Workload.ofBatch(batch).withSequenceLength(128), CustomSupport.NONE);
    }

    private static Precision precision(Instance instance) {
        return Precision.compilerDefault(DataType.FP32, instance.chip().core());
    }
}
