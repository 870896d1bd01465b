package dev.infermark.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.Tails;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.PriceBook;
import dev.infermark.hardware.PriceFile;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlanTest {
    private static final Catalog CATALOG = Catalog.builtIn();

    /** Searched by several threads, which run code of this class and would wait for its own initialisation. */
    private static final class Searched {
        private static final Found BERT = search("bert-base-uncased", CATALOG.priceBook("ri-effective"));
    }

    private static Found search(String model, PriceBook book) {
        ModelSource source = Models.find(model);
        List<Instance> instances = List.of(
                CATALOG.instance("inf1.xlarge"), CATALOG.instance("inf1.6xlarge"), CATALOG.instance("inf2.xlarge"));
        return new EncoderSearch(
                        Quoter.builtIn(),
                        Tails.builtIn(),
                        book,
                        core -> List.of(Precision.compilerDefault(DataType.FP32, core)))
                .search(
                        batch -> Network.of(source, Workload.ofBatch(batch), CustomSupport.NONE),
                        new Space(instances, List.of(1L, 6L, 8L), Space.WORKERS));
    }

    private static Plan plan(List<Limit> limits, Demand demand) {
        return Plan.of(Searched.BERT, limits, demand, Ranking.COST);
    }

    private static Limit p99(double seconds) {
        return new Limit(Measure.LATENCY_P99, seconds);
    }

    @Test
    void onReservedPricesInf1IsCheaperForBertBaseAndInf2IsFaster() {
        Plan plan = plan(List.of(), new Demand.Saturated());
        List<Offer> best = plan.bestOfEachInstance();
        assertEquals("inf1.xlarge", best.getFirst().candidate().setup().instance().name());
        Offer inf2 = Plan.of(Searched.BERT, List.of(), new Demand.Saturated(), Ranking.LATENCY).best();
        assertEquals("inf2.xlarge", inf2.candidate().setup().instance().name());
        assertTrue(inf2.costPerMillion() > plan.best().costPerMillion());
    }

    @Test
    void everyOfferMeetsTheLimitAndNoneOfTheRestDoes() {
        Limit limit = p99(0.01);
        Plan plan = plan(List.of(limit), new Demand.Throughput(5000));
        assertTrue(plan.offers().stream().allMatch(offer -> limit.excess(offer.candidate().speed()) <= 1));
        long meeting = Searched.BERT.candidates().stream()
                .filter(candidate -> limit.excess(candidate.speed()) <= 1)
                .count();
        assertEquals(meeting, plan.offers().size());
    }

    @Test
    void asManyInstancesAreTakenAsTheDemandNeedsAndNoMore() {
        for (Offer offer : plan(List.of(), new Demand.Throughput(5000)).offers()) {
            double each = offer.candidate().throughput();
            assertTrue(offer.instances() * each >= 5000 * (1 - 1e-6));
            assertTrue((offer.instances() - 1) * each < 5000);
            assertEquals(
                    offer.dollarsPerHour() / 3600 / 5000 * 1e6, offer.costPerMillion(), 1e-9 * offer.costPerMillion());
        }
    }

    @Test
    void requestsThatQueueTakeNoFewerInstancesThanAStreamAndHoldThePercentile() {
        Plan queued = plan(List.of(p99(0.02)), new Demand.Requests(3000));
        Plan stream = plan(List.of(p99(0.02)), new Demand.Throughput(3000));
        assertTrue(queued.offers().stream().allMatch(offer -> offer.p99() <= 0.02));
        assertTrue(queued.best().costPerMillion() >= stream.best().costPerMillion());
        assertEquals(queued.offers(), plan(List.of(p99(0.02)), new Demand.Requests(3000)).offers());
    }

    @Test
    void nothingBeatsAnOfferOfTheFrontInTimeAndCost() {
        Plan plan = plan(List.of(), new Demand.Saturated());
        assertFalse(plan.front().isEmpty());
        for (Offer one : plan.front()) {
            assertTrue(plan.all().stream()
                    .noneMatch(other -> other.candidate().speed().seconds() < one.candidate().speed().seconds()
                            && other.costPerMillion() < one.costPerMillion()));
        }
    }

    @Test
    void anImpossibleTargetNamesTheLimitAndTheClosestThatExists() {
        UserError error =
                assertThrows(UserError.class, () -> plan(List.of(p99(1e-6)), new Demand.Saturated()));
        assertTrue(String.valueOf(error.getMessage()).contains("latency-p99 of 0.001000 ms"), error.getMessage());
        double fastest = Searched.BERT.candidates().stream()
                .mapToDouble(candidate -> candidate.speed().seconds())
                .min()
                .orElseThrow();
        assertTrue(
                String.valueOf(error.getMessage()).contains(String.format("%.4g ms", 1e3 * fastest)),
                error.getMessage());
    }

    @Test
    void aLimitOfTextGenerationIsRefusedForANetworkThatRunsOncePerCall() {
        Limit limit = new Limit(Measure.TPOT, 0.05);
        assertThrows(UserError.class, () -> plan(List.of(limit), new Demand.Saturated()));
    }

    @Test
    void anInstanceThatWasNotChosenSaysWhy() {
        List<String> reasons = plan(List.of(p99(0.01)), new Demand.Saturated()).whyNot("inf1.xlarge");
        assertTrue(reasons.stream().anyMatch(reason -> reason.contains("miss latency-p99")), reasons.toString());
        assertThrows(UserError.class, () -> plan(List.of(), new Demand.Saturated()).whyNot("inf3.xlarge"));
    }

    @Test
    void aLeadWithinTheIntervalIsATie() {
        Plan plan = plan(List.of(), new Demand.Saturated());
        Offer best = plan.best();
        for (Offer offer : plan.offers()) {
            boolean isWithin = offer.candidate().interval().lower(offer.costPerMillion()) <= best.costPerMillion();
            assertEquals(isWithin, offer.tiesWith(best));
        }
    }

    @Test
    void aPriceFileReplacesTheBook(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("prices.csv");
        Files.writeString(file, "instance,date,usd_per_hour,basis\ninf2.xlarge,2026-11,0.1,spot\n");
        PriceBook book = PriceFile.read(file);
        assertEquals(PriceBook.Basis.SPOT, book.basis());
        assertEquals(0.1, book.price("inf2.xlarge").dollarsPerHour());
        Files.writeString(file, "instance,date,usd_per_hour\ninf2.xlarge,November,0.1\n");
        UserError error = assertThrows(UserError.class, () -> PriceFile.read(file));
        assertTrue(String.valueOf(error.getMessage()).contains("line 2"), error.getMessage());
    }
}
