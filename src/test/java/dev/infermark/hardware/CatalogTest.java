package dev.infermark.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.hardware.AccessExclusion.Engine;
import dev.infermark.hardware.AccessExclusion.Memory;
import dev.infermark.numerics.DataType;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogTest {
    private final Catalog catalog = Catalog.builtIn();
    private final NeuronCore first = catalog.core("neuroncore-v1");
    private final NeuronCore second = catalog.core("neuroncore-v2");

    private List<NamedFigure> allFigures() {
        return Stream.of(
                        catalog.cores().stream().map(NamedFigure::of),
                        catalog.chips().stream().map(NamedFigure::of),
                        catalog.instances().stream().map(NamedFigure::of))
                .flatMap(Function.identity())
                .flatMap(List::stream)
                .toList();
    }

    @Test
    void everyDocumentedFigureNamesAFileOfTheVendorOrItsBlog() {
        List<NamedFigure> without = allFigures().stream()
                .filter(named -> named.figure().kind() == FigureKind.DOCUMENTED)
                .filter(named -> !named.figure().source().matches(".*(/[\\w-]+\\.(rst|py)\\b|AWS .*[Bb]log).*"))
                .toList();

        assertEquals(List.of(), without);
    }

    @Test
    void everyInferredFigureSaysFromWhat() {
        List<NamedFigure> without = allFigures().stream()
                .filter(named -> named.figure().kind() != FigureKind.DOCUMENTED)
                .filter(named -> named.figure().source().length() < 40)
                .toList();

        assertEquals(List.of(), without);
    }

    @Test
    void listsEveryFigureOfCoreChipAndInstanceOnce() {
        List<String> keys = NamedFigure.of(second).stream().map(NamedFigure::key).toList();

        assertTrue(keys.containsAll(List.of(
                "tensor.clock", "tensor.timeFactors.fp32", "gpsimd.processors", "sbuf.capacity", "dma.minimumRow")));
        assertEquals(keys.size(), keys.stream().distinct().count());
        assertTrue(NamedFigure.of(catalog.chip("inferentia2")).stream()
                .map(NamedFigure::key)
                .toList()
                .containsAll(List.of("memory.bandwidth", "collectives.latencyFloor", "host.rate")));
        assertTrue(NamedFigure.of(catalog.instance("inf2.48xlarge")).stream()
                .map(NamedFigure::key)
                .toList()
                .containsAll(List.of("chips", "vcpus", "hostMemory", "link.chipRate")));
    }

    @Test
    void trainium1SharesTheCoreOfInferentia2() {
        assertEquals(second, catalog.chip("inferentia2").core());
        assertEquals(second, catalog.chip("trainium1").core());
        assertNotEquals(second, catalog.chip("inferentia1").core());
    }

    @ParameterizedTest
    @CsvSource({"inferentia1, 0.03", "inferentia2, 0.04", "trainium1, 0.04"})
    void arrayOfTheCoresAgreesWithTheAdvertisedPeakOfTheChip(String name, double tolerance) {
        Chip chip = catalog.chip(name);
        double arrays = chip.coreCount() * chip.core().tensor().peakOperationsPerSecond(DataType.BF16);

        assertEquals(1, arrays / chip.advertisedOperationsPerSecond(DataType.BF16), tolerance);
    }

    @Test
    void convertsFiguresOfNeuronCoreV2ToBaseUnits() {
        assertEquals(2.8e9, second.tensor().clockHz());
        assertEquals(4, second.tensor().timeFactor(DataType.FP32));
        assertEquals(91.7504e12 / 4, second.tensor().peakOperationsPerSecond(DataType.FP32));
        assertEquals(192L * 1024, second.sbuf().partitionBytes());
        assertEquals(512L * DataType.FP32.bytes(), second.psum().bankBytes());
        assertEquals(272e9, second.dma().bytesPerSecond());
        assertEquals(1.3e-6, second.dma().triggerLatencySeconds(), 1e-18);
        assertEquals(64, second.gpsimd().orElseThrow().vectorBytes());
        assertEquals(65536, second.gpsimd().orElseThrow().tightlyCoupledBytes());
        assertEquals(8L << 30, catalog.chip("inferentia1").memory().capacityBytes());
    }

    @Test
    void chargesShortRowsOfATransferTheMinimumAndLongOnesAHeader() {
        assertEquals(2450, second.dma().rowCostBytes(4));
        assertEquals(2450, second.dma().rowCostBytes(2308));
        assertEquals(32768 + 142, second.dma().rowCostBytes(32768));
    }

    @Test
    void neuronCoreV1LacksTheGpsimdEngineAndItsChipTheCollectives() {
        assertTrue(first.gpsimd().isEmpty());
        assertTrue(second.gpsimd().isPresent());
        assertTrue(catalog.chip("inferentia1").collectives().isEmpty());
        assertTrue(catalog.chip("inferentia2").collectives().isPresent());
    }

    @Test
    void refusesADataTypeTheEngineLacksAndNamesThoseItHas() {
        assertFalse(first.tensor().supports(DataType.FP32));

        UserError error = assertThrows(UserError.class, () -> first.tensor().timeFactor(DataType.FP32));

        assertEquals(
                "Tensor engine of NeuronCore-v1 does not support fp32; it supports bf16, fp16, int8",
                error.getMessage());
    }

    @Test
    void refusesAnInstructionTheEngineLacks() {
        assertEquals(2, second.vector().cyclesPerElement(Instruction.TENSOR_TENSOR));
        UserError error = assertThrows(
                UserError.class, () -> second.scalar().cyclesPerElement(Instruction.TENSOR_TENSOR));

        assertTrue(String.valueOf(error.getMessage())
                .contains("does not support tensor_tensor; it supports activation"));
    }

    @Test
    void enginesTakeTurnsOnlyWhereTheArchitectureSaysSo() {
        assertTrue(second.excludes(Memory.PSUM, Engine.VECTOR, Engine.SCALAR));
        assertTrue(second.excludes(Memory.SBUF, Engine.GPSIMD, Engine.VECTOR));
        assertFalse(second.excludes(Memory.SBUF, Engine.VECTOR, Engine.SCALAR));
        assertFalse(second.excludes(Memory.PSUM, Engine.TENSOR, Engine.VECTOR));
        assertFalse(second.excludes(Memory.PSUM, Engine.VECTOR, Engine.VECTOR));
    }

    @ParameterizedTest
    @CsvSource({
        "inf1.xlarge, 4, 4", "inf1.6xlarge, 16, 24", "inf1.24xlarge, 64, 96",
        "inf2.xlarge, 2, 4", "inf2.24xlarge, 12, 96", "inf2.48xlarge, 24, 192",
        "trn1.2xlarge, 2, 8", "trn1.32xlarge, 32, 128", "trn1n.32xlarge, 32, 128"
    })
    void countsCoresAndCpusOfInstances(String name, int cores, int vcpus) {
        assertEquals(cores, catalog.instance(name).coreCount());
        assertEquals(vcpus, catalog.instance(name).vcpuCount());
    }

    @Test
    void instancesOfSeveralChipsAndOnlyThoseAreLinkedAndTheLinksAddUp() {
        for (Instance instance : catalog.instances()) {
            assertEquals(instance.chipCount() > 1, instance.link().isPresent(), instance.name());
            instance.link().ifPresent(link -> assertEquals(
                    link.chipBytesPerSecond(),
                    link.linkBytesPerSecond() * switch (link.topology()) {
                        case CHAIN, RING -> 2;
                        case TORUS_2D -> 4;
                    },
                    instance.name()));
        }
    }

    @Test
    void findsNamesInAnyCase() {
        assertEquals("inferentia2", catalog.chip("Inferentia2").name());
        assertEquals("inf2.xlarge", catalog.instance("INF2.XLARGE").name());
        assertEquals("ri-effective", catalog.priceBook("RI-Effective").name());
    }

    @Test
    void saysTheNearestNameAndAllOthersWhenAChipIsUnknown() {
        UserError error = assertThrows(UserError.class, () -> catalog.chip("inferntia2"));

        assertEquals(
                "unknown chip 'inferntia2'; did you mean inferentia2?"
                        + " there are inferentia1, inferentia2, trainium1",
                error.getMessage());
    }

    @Test
    void suggestsNothingWhenNoNameIsNear() {
        UserError error = assertThrows(UserError.class, () -> catalog.chip("tpu"));

        assertEquals("unknown chip 'tpu'; there are inferentia1, inferentia2, trainium1", error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "on-demand, inf2.xlarge, 0.758", "ri-effective, inf2.xlarge, 0.328", "blog, inf2.xlarge, 0.7582",
        "on-demand, inf1.xlarge, 0.228", "ri-effective, inf1.xlarge, 0.110", "blog, inf1.xlarge, 0.228"
    })
    void keepsThePricesOfEachBookApart(String book, String instance, double dollars) {
        assertEquals(dollars, catalog.priceBook(book).price(instance).dollarsPerHour());
    }

    @Test
    void refusesAPriceThatTheBookLacks() {
        UserError error = assertThrows(
                UserError.class, () -> catalog.priceBook("blog").price("inf2.48xlarge"));

        assertEquals(
                "price book 'blog' has no price for inf2.48xlarge; it has inf2.xlarge, inf1.xlarge;"
                        + " choose another book, or give the price with --prices FILE",
                error.getMessage());
    }

    @ParameterizedTest
    @CsvSource({
        "MEMORY_CAPACITY, 4", "MEMORY_BANDWIDTH, 16.4", "TENSOR_ENGINE, 5.9375",
        "TENSOR_ARRAY, 5.6", "VECTOR_ENGINE, 9.765625", "SCALAR_ENGINE, 3.125"
    })
    void computesTheComparisonFromTheFigures(ComparedQuantity quantity, double ratio) {
        Comparison comparison = catalog.comparisons().getFirst();

        assertEquals(ratio, comparison.ratio(quantity, catalog), 1e-12 * ratio);
    }

    @Test
    void computedRatiosRoundToThePublishedOnes() {
        Comparison comparison = catalog.comparisons().getFirst();
        for (ComparedQuantity quantity : ComparedQuantity.values()) {
            comparison.publishedRatio(quantity).ifPresent(published -> {
                double digit = published.value() == Math.rint(published.value()) ? 1 : 0.1;
                assertEquals(published.value(), comparison.ratio(quantity, catalog), digit / 2, quantity.title());
            });
        }
    }
}
