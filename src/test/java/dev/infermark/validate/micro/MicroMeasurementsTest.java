package dev.infermark.validate.micro;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.hardware.Catalog;
import dev.infermark.simulate.Resource;
import dev.infermark.validate.micro.MicroMeasurements.Answer;
import dev.infermark.validate.micro.MicroMeasurements.Predicted;
import dev.infermark.validate.micro.MicroMeasurements.Refused;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The vendor's kernels against the documented costs; the accuracy is a gate, not a tolerance. */
class MicroMeasurementsTest {
    private final List<Answer> answers = MicroMeasurements.take(Catalog.builtIn());

    private double micros(String name) {
        return answers.stream()
                .filter(answer -> answer.published().name().equals(name))
                .map(answer -> (Predicted) answer)
                .mapToDouble(answer -> 1e6 * answer.modelled().seconds())
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theMeanErrorIsAtMostTenPercentAndTheWorstTwenty() {
        assertTrue(MicroMeasurements.meanAbsoluteError(answers) <= 0.10);
        assertTrue(MicroMeasurements.worstAbsoluteError(answers) <= 0.20);
    }

    @Test
    void theMeanAndTheWorstAreThoseOfThePredictedOnes() {
        double[] errors = answers.stream()
                .filter(Predicted.class::isInstance)
                .map(answer -> (Predicted) answer)
                .mapToDouble(answer ->
                        Math.abs(answer.modelled().seconds() - answer.published().seconds())
                                / answer.published().seconds())
                .sorted()
                .toArray();

        assertEquals(27, errors.length);
        double sum = 0;
        for (double error : errors) {
            sum += error;
        }
        assertEquals(sum / 27, MicroMeasurements.meanAbsoluteError(answers), 1e-12);
        assertEquals(errors[26], MicroMeasurements.worstAbsoluteError(answers), 1e-12);
    }

    /** 32 x 64 x 16 tiles of 128 x 128 x 512: loads of 128 KiB take the trigger, those of 32 KiB add their bytes. */
    @Test
    void countsLoadsAndMatmulsOfEachTiling() {
        Map<String, Double> expected = Map.of(
                "naive tiling", 32_768 * (1.3 + 32_768 / 272e3),
                "loads hoisted", (32_768 + 2048) * 1.3,
                "free dimensions blocked", (16_384 + 2048) * 1.3,
                "fully blocked", 32_768 * 512 / 2800.0 + 4096 * 0.2);

        expected.forEach((tiling, time) ->
                assertEquals(35 + time, micros("Matmul 4096 x 8192 x 8192, BF16, " + tiling), 1e-6, tiling));
    }

    /** 8 (version 1) or 6 cycles for each of 512 columns, 100 for each instruction, 60 before the first of a kind. */
    @ParameterizedTest
    @CsvSource({
        "'v1, 256 channels, 512', 2, 4096, 5, 1",
        "'v1, 4096 channels, 512', 32, 4096, 5, 1",
        "'v2, 4096 channels, 512', 32, 3072, 4, 1",
        "'v3, 4096 channels, 8192', 32, 3072, 4, 16"
    })
    void countsTheVectorInstructionsOfEachMambaKernel(
            String kernel, int channelTiles, int columnCycles, int instructions, int tiles) {
        double cycles = channelTiles * 16 * tiles * (columnCycles + 100.0 * instructions) + 60 * instructions;

        assertEquals(35 + cycles / 1120, micros("Mamba " + kernel + " positions"), 1e-6);
    }

    /** 8 cycles, and one for the copy out of PSUM, for each column; an instruction more. */
    @ParameterizedTest
    @CsvSource({"1024", "6144"})
    void copiesBroadcastOperandsThatExceedABankToSbuf(int positions) {
        double cycles = 32 * 16 * (9.0 * positions + 100 * 5) + 60 * 5;

        assertEquals(35 + cycles / 1120, micros("Mamba v2, 4096 channels, " + positions + " positions"), 1e-6);
    }

    /** Four cycles a column in FP32; 0.2 us for each chain of 8 matmuls and for each of 1,024 transposed tiles. */
    @Test
    void countsProductsAndTransposesOfAKernel() {
        double product = 16 * 8 * (8 * 512 * 4 / 2800.0 + 0.2);
        double transposes = 1024 * (128 * 4 / 2800.0 + 0.2);

        assertEquals(
                35 + product + transposes, micros("Add, RMSNorm and matmul, FP32, 4096 x 1024 x 2048"), 1e-6);
    }

    @Test
    void costsSingleInstructionsAndTransfersWithoutALaunch() {
        assertEquals((2 * 8192 + 160) / 1120.0, micros("Vector add, FP32, 64 x 8192"), 1e-9);
        assertEquals(32_910 / 17e3, micros("DMA, 32 KiB on each of 16 engines"), 1e-9);
    }

    @Test
    void saysWhichResourceEachKernelIsBoundBy() {
        Map<Resource, Long> counts = answers.stream()
                .filter(Predicted.class::isInstance)
                .map(answer -> ((Predicted) answer).modelled().boundBy())
                .collect(Collectors.groupingBy(bound -> bound, Collectors.counting()));

        assertEquals(Map.of(Resource.DMA, 4L, Resource.TENSOR, 4L, Resource.VECTOR, 19L), counts);
    }

    @ParameterizedTest
    @CsvSource({
        "'Mamba v2, 4096 channels, 7',its 8 tensors of 7168 positions exceed SBUF; what is spilled is not described, 1",
        "'Mamba v2, 4096 channels, 8',its 8 tensors of 8192 positions exceed SBUF; what is spilled is not described, 1",
        "Grouped-query, 'what it spills, 2.2 of its 2.3 GB, is not described', 1",
        "Batched matmul, 'what it spills, 1.5 of its 2.6 GB, is not described', 1",
        "Rotary, its instructions are not published, 1",
        "SiLU, its instructions are not published, 1",
        "LayerNorm, tens of us of engine work; the rest is not described, 2",
        "MLP, the batch is not published, 3",
        "Scalar engine, circular: the hardware file holds this very interval, 1",
        "Loading, circular: the hardware file holds this very latency, 1",
        "Moving, circular: the hardware file holds this very latency, 1",
        "'Matmul, 128', circular: the hand-over in the hardware file was inferred from it, 1"
    })
    void refusesWhatWouldBeAGuessAndSaysWhy(String name, String reason, int count) {
        List<Refused> refused = refused().filter(answer -> answer.published().name().startsWith(name)).toList();

        assertEquals(count, refused.size());
        refused.forEach(answer -> assertEquals(reason, answer.reason()));
    }

    @Test
    void refusesNothingElse() {
        assertEquals(15, refused().count());
        assertEquals(42, answers.size());
    }

    @Test
    void everyTimingHasANameOfItsOwnASourceAndAMethod() {
        List<MicroMeasurement> published = MicroMeasurements.published();

        assertEquals(published.size(), published.stream().map(MicroMeasurement::name).distinct().count());
        assertTrue(published.stream().allMatch(timing -> timing.source().matches("[\\w/ -]+\\.(rst|csv)")));
        assertTrue(published.stream().noneMatch(timing -> timing.method().isBlank() || timing.seconds() <= 0));
    }

    private Stream<Refused> refused() {
        return answers.stream().filter(Refused.class::isInstance).map(answer -> (Refused) answer);
    }
}
