package dev.infermark.simulate;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Generation;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.ActivationMemory;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.InstructionGroup.Matmuls;
import dev.infermark.lower.InstructionGroup.Purpose;
import dev.infermark.lower.InstructionGroup.Transfer;
import dev.infermark.lower.Program;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.Stage;
import dev.infermark.numerics.DataType;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SimulatorTest {
    private static final double ROUNDING = 1e-12;
    private static final NeuronCore CORE = Catalog.builtIn().core("neuroncore-v2");
    private static final double TRIGGER = CORE.dma().triggerLatencySeconds();

    /** A tenth of a millisecond of the array, slowed down twofold. */
    private static final Matmuls COMPUTING = new Matmuls("computing", DataType.BF16, 2800, 100);

    @Test
    void hidesTheStreamingOfWeightsBehindComputing() {
        assertEquals(200e-6 + TRIGGER, seconds(calibration(0, new TreeMap<>()), COMPUTING, weights(100e-6)), ROUNDING);
        assertEquals(300e-6 + TRIGGER, seconds(calibration(0, new TreeMap<>()), COMPUTING, weights(300e-6)), ROUNDING);
    }

    @Test
    void addsStreamingAndComputingWhereNothingIsPrefetched() {
        assertEquals(500e-6 + TRIGGER, seconds(calibration(1, new TreeMap<>()), COMPUTING, weights(300e-6)), ROUNDING);
    }

    @Test
    void keepsEverythingWaitingForActivationsThatSpill() {
        Transfer spill = transfer(Purpose.SPILL, 50e-6);
        assertEquals(250e-6 + TRIGGER, seconds(calibration(0, new TreeMap<>()), COMPUTING, spill), ROUNDING);
    }

    @Test
    void slowsSpillsDownWhenAnotherCoreOfTheChipIsBusy() {
        Program program = program(COMPUTING, transfer(Purpose.SPILL, 50e-6));
        Simulator simulator = new Simulator(CORE, calibration(0, new TreeMap<>()));
        Estimate estimate = simulator.run(program, new Conditions(2, SdkVersion.NEWEST));
        assertEquals(200e-6 + 1.5 * 50e-6 + TRIGGER, estimate.seconds(), ROUNDING);
    }

    @Test
    void appliesTheEraThatTheReleaseFallsInto() {
        NavigableMap<SdkVersion, Era> eras = new TreeMap<>(Map.of(
                new SdkVersion(2, 9),
                new Era(1.5, 1, 0, 0, 0, 0),
                new SdkVersion(2, 10),
                new Era(1.25, 1, 0, 0, 0, 0)));
        Simulator simulator = new Simulator(CORE, calibration(0, eras));
        Program program = program(COMPUTING);
        double base = 200e-6 + TRIGGER;
        assertEquals(base, simulator.run(program, at("2.8")).seconds(), ROUNDING);
        assertEquals(1.5 * base, simulator.run(program, at("2.9")).seconds(), ROUNDING);
        assertEquals(1.25 * base, simulator.run(program, at("2.11")).seconds(), ROUNDING);
    }

    @Test
    void movesScoresAndOverlapsLessWhereTheEraSaysSo() {
        NavigableMap<SdkVersion, Era> eras = new TreeMap<>(
                Map.of(new SdkVersion(2, 9), new Era(1, 1, 0, 0, 1, 1), new SdkVersion(2, 13), Era.NEUTRAL));
        Simulator simulator = new Simulator(CORE, calibration(0, eras));
        Program program = program(COMPUTING, weights(100e-6), transfer(Purpose.SCORES, 50e-6));
        assertEquals(350e-6 + TRIGGER, simulator.run(program, at("2.9")).seconds(), ROUNDING);
        assertEquals(200e-6 + TRIGGER, simulator.run(program, at("2.13")).seconds(), ROUNDING);
    }

    @Test
    void streamsSharedWeightsAtTheRateThatTheHardwareDocuments() {
        NeuronCore first = Catalog.builtIn().core("neuroncore-v1");
        long bytes = 1L << 30;
        Program program = program(new Transfer("again", Purpose.SHARED_WEIGHTS, bytes, bytes));
        Calibration slow = Calibrations.builtIn().of(Generation.NEURONCORE_V1);
        double expected = bytes / (50.0 * (1L << 30));
        double seconds = new Simulator(first, slow).run(program, Conditions.ALONE).seconds();
        assertEquals(expected, seconds - first.dma().triggerLatencySeconds(), 1e-6 * expected);
    }

    @Test
    void saysWhatBoundsEachStage() {
        Simulator simulator = new Simulator(CORE, calibration(0, new TreeMap<>()));
        Program program = new Program(
                "net",
                List.of(
                        new Stage("first", List.of(COMPUTING, weights(100e-6))),
                        new Stage("second", List.of(COMPUTING, weights(900e-6)))),
                0,
                0,
                List.of(),
                OptionalLong.empty(),
                ActivationMemory.NONE);
        Estimate estimate = simulator.run(program, Conditions.ALONE);
        assertEquals(Resource.TENSOR, estimate.stages().getFirst().boundBy());
        assertEquals(Resource.DMA, estimate.stages().getLast().boundBy());
        assertEquals(Resource.DMA, estimate.boundBy());
        assertEquals(estimate.stages().getFirst().end(), estimate.stages().getLast().start(), ROUNDING);
    }

    @Test
    void namesAGenerationThatIsNotCalibrated() {
        Calibrations calibrations = new Calibrations(Map.of(Generation.NEURONCORE_V2, calibration(0, new TreeMap<>())));
        UserError e = assertThrows(UserError.class, () -> calibrations.of(Generation.NEURONCORE_V1));
        assertMentions(e, "neuroncore-v1", "neuroncore-v2");
    }

    private static Conditions at(String sdk) {
        return new Conditions(1, SdkVersion.parse(sdk));
    }

    private static double seconds(Calibration calibration, InstructionGroup... groups) {
        return new Simulator(CORE, calibration).run(program(groups), Conditions.ALONE).seconds();
    }

    private static Program program(InstructionGroup... groups) {
        return new Program(
                "net", List.of(new Stage("only", List.of(groups))), 0, 0, List.of(), OptionalLong.empty(),
                ActivationMemory.NONE);
    }

    private static Transfer weights(double seconds) {
        return transfer(Purpose.WEIGHTS, seconds);
    }

    /** A transfer of one row that takes this long at the documented rate, header included. */
    private static Transfer transfer(Purpose purpose, double seconds) {
        long bytes = Math.round(seconds * CORE.dma().bytesPerSecond() - (CORE.dma().rowCostBytes(1e9) - 1e9));
        return new Transfer("moving", purpose, bytes, bytes);
    }

    private static Calibration calibration(double prefetchMiss, NavigableMap<SdkVersion, Era> eras) {
        HostCalibration host = new HostCalibration(0, 0, 0, 0, 0, 0);
        return new Calibration(CORE.dma().bytesPerSecond(), 2, 1, 1, prefetchMiss, 0.5, host, eras);
    }
}
