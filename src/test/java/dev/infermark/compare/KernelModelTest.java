package dev.infermark.compare;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.bench.result.BenchmarkId;
import dev.infermark.hardware.Catalog;
import dev.infermark.kernel.gpsimd.CustomOperators;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class KernelModelTest {
    private static final KernelModel INF1 = model("inferentia1");
    private static final KernelModel INF2 = model("inferentia2");

    @Test
    void streamsEveryColumnThroughEveryTileOfTheArray() {
        // 8 tiles along k and 8 along n, 128 moving columns each, one a cycle at 2.8 GHz.
        assertEquals(8 * 8 * 128 / 2.8e9, seconds(INF2, "matmul", "bf16", "128x1024x1024"), 1e-15);
    }

    @Test
    void takesFourTimesAsLongForFp32Products() {
        assertEquals(
                4 * seconds(INF2, "matmul", "bf16", "128x1024x4096"),
                seconds(INF2, "matmul", "fp32", "128x1024x4096"),
                1e-12);
    }

    @Test
    void streamsEveryPixelOfAConvolutionPastEveryTileOfItsWindow() {
        // 9 places of the window by 2 tiles of channels by 2 of filters, 196 pixels each, one a cycle at 2.8 GHz.
        assertEquals(9 * 2 * 2 * 196 / 2.8e9, seconds(INF2, "conv2dNhwc", "bf16", "1x14x14x256x256x3x1x1"), 1e-15);
        assertEquals(
                seconds(INF2, "conv2dNhwc", "bf16", "1x14x14x256x256x3x1x1"),
                seconds(INF2, "conv2dNchw", "bf16", "1x14x14x256x256x3x1x1"));
    }

    @Test
    void passesEveryColumnOfAPartitionThroughTheScalarEngineOnce() {
        // And 60 cycles until the first element is there.
        assertEquals((4096 + 60) / 1.4e9, seconds(INF2, "gelu", "fp32", "128x4096"), 1e-15);
        assertEquals((4096 + 60) / 1.4e9, seconds(INF2, "geluTanh", "fp32", "128x4096"), 1e-15);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exp", "tanh", "sigmoid", "silu", "reciprocal", "rsqrt", "sqrt", "log", "erf", "softplus"})
    void modelsTheScalarEnginesFunctions(String function) {
        assertInstanceOf(CoreTime.Modelled.class, INF2.time(id(function, "fp32", "128x4096")));
    }

    @ParameterizedTest
    @CsvSource({
        "rmsNorm,128x1024", "softmax,2048x128", "sum,128x1024", "max,128x1024", "add,128x1024", "maximum,128x1024",
        "maxPoolNhwc,1x112x112x64", "maxPoolNchw,1x112x112x64", "globalAverageNchw,1x7x7x2048"
    })
    void modelsTheVectorEnginesOperations(String operation, String shape) {
        assertTrue(seconds(INF2, operation, "fp32", shape) > 0);
    }

    @Test
    void readsEveryElementOfAnAdditionOnce() {
        assertEquals(1024 / 1.12e9, seconds(INF2, "add", "fp32", "128x1024"), 1024 / 1.12e9 * 1.1);
    }

    @Test
    void normalisesOnTheVectorEngineInMoreThanOnePass() {
        double onePass = 1024 / 1.12e9;
        double seconds = seconds(INF2, "layerNorm", "fp32", "128x1024");
        assertEquals(Math.rint(seconds / onePass), seconds / onePass, 0.2);
        assertEquals(true, seconds > 1.9 * onePass, () -> seconds + " s");
    }

    @Test
    void givesCustomOperatorsTheirGpsimdTime() {
        // Eight processors of 16 FP32 elements per cycle at 1.4 GHz, and a fixed cost of about 150 cycles.
        double streaming = 16 * 128 * 128 / (8.0 * 16) / 1.4e9;
        assertEquals(streaming, seconds(INF2.time(mask())), 200 / 1.4e9);
    }

    @Test
    void namesWhatInf1Lacks() {
        assertEquals(
                new CoreTime.Unsupported("the Tensor engine of NeuronCore-v1 has no FP32"),
                INF1.time(id("matmul", "fp32", "128x1024x1024")));
        assertEquals(
                new CoreTime.Unsupported("neuroncore-v1 has no GPSIMD engine"),
                INF1.time(mask()));
        assertEquals(
                new CoreTime.Unsupported("the Scalar engine of NeuronCore-v1 has no FP64"),
                INF1.time(id("gelu", "fp64", "128x128")));
    }

    @Test
    void multipliesIntegersOnBothGenerations() {
        assertInstanceOf(CoreTime.Modelled.class, INF1.time(id("matmul", "int8", "128x1024x1024")));
        assertInstanceOf(CoreTime.Modelled.class, INF2.time(id("matmul", "int8", "128x1024x1024")));
    }

    @Test
    void takesEveryFormatOfCfp8ForTheOneTypeOfTheHardware() {
        double cfp8 = seconds(INF2, "matmul", "cfp8", "128x1024x1024");

        for (String format : new String[] {"e5m2", "e4m3", "e3m4"}) {
            assertEquals(cfp8, seconds(INF2, "matmul", format, "128x1024x1024"), format);
        }
    }

    @Test
    void accumulatesInPsumWhateverTheHostsOrder() {
        assertEquals(
                seconds(INF2, "matmul", "bf16", "128x1024x1024"),
                seconds(INF2, "matmulPsum", "bf16", "128x1024x1024"));
    }

    @Test
    void tellsAFunctionOfTheScalarEngineFromACustomOperatorOfTheSameName() {
        assertEquals((4096 + 60) / 1.4e9, seconds(INF2, "relu", "fp32", "128x4096"), 1e-15);
        BenchmarkId custom = new BenchmarkId(
                "dev.infermark.bench.GpsimdEngineBenchmark.relu", "simd", "fp32", "128x1024", "avgt");
        // Eight processors of 16 FP32 elements per cycle at 1.4 GHz, and a fixed cost of about 150 cycles.
        assertEquals(128 * 1024 / (8.0 * 16) / 1.4e9, seconds(INF2.time(custom)), 200 / 1.4e9);
    }

    @Test
    void comparesNothingWithWhatIsNoOperationOfACore() {
        assertEquals(new CoreTime.NotComparable(), INF2.time(id("multiplyAdd", "fp32", "128x1024x1024")));
    }

    @ParameterizedTest
    @CsvSource({"fp99,128x1024x1024", "bf16,1x1", "bf16,4000000000x4000000000x4000000000", "bf16,axb"})
    void refusesTypesAndShapesThatAnOperationDoesNotHave(String type, String shape) {
        UserError e = assertThrows(UserError.class, () -> INF2.time(id("matmul", type, shape)));
        assertMentions(e, "SomeBenchmark.matmul", "no such type or shape");
    }

    private static double seconds(KernelModel model, String operation, String type, String shape) {
        return seconds(model.time(id(operation, type, shape)));
    }

    private static double seconds(CoreTime time) {
        return assertInstanceOf(CoreTime.Modelled.class, time).seconds();
    }

    private static BenchmarkId mask() {
        return new BenchmarkId(
                "dev.infermark.bench.GpsimdEngineBenchmark.triangularMask", "simd", "fp32", "16x128x128", "avgt");
    }

    private static BenchmarkId id(String operation, String type, String shape) {
        return new BenchmarkId("dev.infermark.bench.SomeBenchmark." + operation, "simd", type, shape, "avgt");
    }

    private static KernelModel model(String chip) {
        return new KernelModel(Catalog.builtIn().chip(chip).core(), CustomOperators.registered());
    }
}
