package dev.infermark.deploy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.deploy.PipelineQuoter.Choice;
import dev.infermark.graph.Parallelism.LayerPipeline;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

class PipelineQuoterTest {
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final Quoter QUOTER = Quoter.builtIn();
    private static final SdkVersion SDK = new SdkVersion(2, 16);
    private static final Instance INF1 = CATALOG.instance("inf1.24xlarge");
    private static final Network BERT = network("bert-base-uncased");
    private static final List<Choice> CHOICES =
            QUOTER.pipelines().choices(BERT, INF1, precision(INF1), SDK);

    @Test
    void findsThatKeepingAllWeightsOnTheChipsIsBestForEachCore() {
        Choice best = PipelineQuoter.best(CHOICES).orElseThrow();
        assertEquals(best.cores(), best.pipeline().residentCores());
        assertTrue(best.cores() >= 16 && best.cores() <= 26, "best " + best.cores());
        assertEquals(
                best,
                CHOICES.stream()
                        .max(Comparator.comparingDouble(choice -> choice.callsPerSecond() / choice.cores()))
                        .orElseThrow());
    }

    @Test
    void predictsWhatItHasCompared() {
        for (int cores : new int[] {1, 7, 16, 64}) {
            Choice choice = CHOICES.get(cores - 1);
            Prediction few = predict(INF1, cores, 1);
            assertEquals(choice.aloneSeconds(), few.latencySeconds(), 1e-12);
            assertEquals(1 / choice.aloneSeconds(), few.throughput(), 1e-9);
            assertEquals(choice.memory(), few.memory());
            assertEquals(
                    few.latencySeconds(),
                    few.estimate().seconds() + few.exchangeSeconds() + few.hostSeconds(),
                    1e-12);
            assertEquals(choice.callsPerSecond(), predict(INF1, cores, choice.clients()).throughput(), 1e-9);
        }
    }

    @Test
    void neverSlowsTheLongestCoreByMoreCores() {
        for (int cores = 2; cores <= CHOICES.size(); cores++) {
            assertTrue(
                    CHOICES.get(cores - 1).pipeline().longestSeconds()
                            <= CHOICES.get(cores - 2).pipeline().longestSeconds() * (1 + 1e-12),
                    cores + " cores");
        }
    }

    @Test
    void dividesTheWeightsAmongTheCoresAndLeavesTheTablesToTheFirst() {
        long one = CHOICES.getFirst().memory().core().constants();
        long sixteen = CHOICES.get(15).memory().core().constants();
        assertTrue(sixteen < one / 3 && sixteen > one / 16, sixteen + " of " + one);
    }

    @Test
    void namesTheFewestCoresThatHoldAModel() {
        Network gpt2 = network("gpt2-xl");
        Instance small = CATALOG.instance("inf1.xlarge");
        Deployment one = new Deployment(small, new LayerPipeline(1, 4), 1, SDK);
        assertThrows(UserError.class, () -> QUOTER.predict(gpt2, one, precision(small)));
        List<String> change = List.of(QUOTER.pipelines()
                .changes(gpt2, one, precision(small), CATALOG)
                .getFirst()
                .split(" ", -1));
        assertEquals("--pipeline-cores", change.get(change.size() - 2));
        Instance named = change.size() == 2 ? small : CATALOG.instance(change.get(1));
        int cores = Integer.parseInt(change.getLast());
        assertEquals(
                cores,
                QUOTER.predict(gpt2, new Deployment(named, new LayerPipeline(cores, 1), 1, SDK), precision(named))
                        .deployment()
                        .cores());
    }

    private static Prediction predict(Instance instance, int cores, int clients) {
        return QUOTER.predict(
                BERT, new Deployment(instance, new LayerPipeline(cores, 1), clients, SDK), precision(instance));
    }

    private static Precision precision(Instance instance) {
        return Precision.compilerDefault(DataType.FP32, instance.chip().core());
    }

    private static Network network(String model) {
        return Network.of(Models.find(model), Workload.ofBatch(1).withSequenceLength(128), CustomSupport.NONE);
    }
}
