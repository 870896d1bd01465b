package dev.infermark.bench.peer;

import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.onnx.proto.OnnxMl.AttributeProto;
import dev.infermark.bench.peer.OnnxRuntime.FloatTensor;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.stream.Stream;
import jdk.incubator.vector.FloatVector;
import org.junit.jupiter.api.Test;

/** Each binding computes what it should on small integers, whose results are exact whatever the order of sums. */
class NativePeersTest {
    private static final float[] A = {1, 2, 3, 4, 5, 6};
    private static final float[] B = {1, 0, -1, 2, 2, 1, 0, -1, 3, -2, 1, 4};
    private static final float[] PRODUCT = {14, -4, 2, 12, 32, -7, 2, 27};

    @Test
    void openBlasMultipliesRowMajorMatrices() {
        assumeInstalled(Peer.OPENBLAS);
        float[] c = new float[8];

        OpenBlas.load(1).sgemm(2, 3, 4, heap(A), heap(B), heap(c));

        assertArrayEquals(PRODUCT, c);
    }

    @Test
    void openBlasTakesItsKernelsForVectorsAsWideAsOurs() {
        assumeInstalled(Peer.OPENBLAS);
        assumeTrue(FloatVector.SPECIES_PREFERRED.vectorBitSize() == 512);
        assumeTrue(System.getenv("OPENBLAS_CORETYPE") == null);

        String version = Peer.OPENBLAS.version();

        assertTrue(version.endsWith("(SkylakeX)"), version);
    }

    @Test
    void oneDnnMultipliesRowMajorMatrices() {
        assumeInstalled(Peer.ONEDNN);
        float[] c = new float[8];

        OneDnn.load().sgemm(2, 3, 4, heap(A), heap(B), heap(c));

        assertArrayEquals(PRODUCT, c);
    }

    @Test
    void oneDnnMultipliesSignedBytesExactly() {
        assumeInstalled(Peer.ONEDNN);
        byte[] a = {-128, 127, 3, 4, 5, -6};
        byte[] b = {-4, 0, -1, 2, 4, 1, 0, -1, 3, -2, 1, 4};
        int[] c = new int[8];

        OneDnn.load().gemmInt8(2, 3, 4, MemorySegment.ofArray(a), MemorySegment.ofArray(b), MemorySegment.ofArray(c));

        assertArrayEquals(new int[] {1029, 121, 131, -371, -14, 17, -10, -21}, c);
    }

    @Test
    void onnxRuntimeMultipliesMatrices() {
        FloatTensor a = FloatTensor.of("a", A, 2L, 3L);
        FloatTensor b = FloatTensor.of("b", B, 3L, 4L);

        assertArrayEquals(PRODUCT, run("MatMul", List.of(), List.of(a, b), 2L, 4L));
    }

    @Test
    void onnxRuntimeTakesAnAttributeOfText() {
        FloatTensor x = FloatTensor.of("x", new float[] {0, 100}, 1L, 2L);

        float[] y = run("Gelu", List.of(OnnxRuntimeOperator.attribute("approximate", "tanh")), List.of(x), 1L, 2L);

        assertArrayEquals(new float[] {0, 100}, y);
    }

    @Test
    void onnxRuntimeTakesAnAttributeThatIsAnInteger() {
        FloatTensor x = FloatTensor.of("x", new float[] {0, 100}, 1L, 2L);

        float[] y = run("Softmax", List.of(OnnxRuntimeOperator.attribute("axis", 0L)), List.of(x), 1L, 2L);

        assertArrayEquals(new float[] {1, 1}, y);
    }

    @Test
    void onnxRuntimeTakesAnAttributeThatIsANumber() {
        FloatTensor x = FloatTensor.of("x", new float[] {-1, 1}, 1L, 2L);
        FloatTensor gain = FloatTensor.of("gain", new float[] {2, 2}, 2L);
        FloatTensor bias = FloatTensor.of("bias", new float[] {5, 7}, 2L);

        // The variance is 1, and an epsilon of 3 makes it 4.
        float[] y = run("LayerNormalization", List.of(OnnxRuntimeOperator.attribute("epsilon", 3f)),
                List.of(x, gain, bias), 1L, 2L);

        assertArrayEquals(new float[] {4, 8}, y);
    }

    @Test
    void onnxRuntimeTakesAnAttributeThatIsAListOfIntegers() {
        FloatTensor image = FloatTensor.of("image", new float[] {1, 2, 3, 4}, 1L, 1L, 2L, 2L);
        FloatTensor filter = FloatTensor.of("filter", new float[] {10}, 1L, 1L, 1L, 1L);

        float[] y = run("Conv", List.of(OnnxRuntimeOperator.attribute("strides", List.of(2L, 1L))),
                List.of(image, filter), 1L, 1L, 1L, 2L);

        assertArrayEquals(new float[] {10, 20}, y);
    }

    @Test
    void onnxRuntimeTakesConstantsOfTheModel() {
        FloatTensor a = FloatTensor.of("a", A, 2L, 3L);
        FloatTensor b = FloatTensor.of("b", B, 3L, 4L);

        assertArrayEquals(PRODUCT, run("MatMul", List.of(), List.of(a), List.of(b), 2L, 4L));
    }

    @Test
    void onnxRuntimeSaysWhatIsWrongWithAModel() {
        assumeInstalled(Peer.ONNXRUNTIME);
        FloatTensor x = FloatTensor.of("x", A, 2L, 3L);

        String refusal = String.valueOf(assertThrows(
                        IllegalStateException.class, () -> run("NoSuchOperator", List.of(), List.of(x), 2L, 3L))
                .getMessage());

        assertTrue(refusal.contains("NoSuchOperator"), refusal);
    }

    private static float[] run(
            String operator, List<AttributeProto> attributes, List<FloatTensor> inputs, Long... shape) {
        return run(operator, attributes, inputs, List.of(), shape);
    }

    private static float[] run(
            String operator,
            List<AttributeProto> attributes,
            List<FloatTensor> inputs,
            List<FloatTensor> constants,
            Long... shape) {
        assumeInstalled(Peer.ONNXRUNTIME);
        long length = Stream.of(shape).reduce(1L, Math::multiplyExact);
        FloatTensor output = FloatTensor.of("output", new float[Math.toIntExact(length)], shape);
        OnnxRuntime.load()
                .session(OnnxRuntimeOperator.model(operator, attributes, inputs, constants, output), inputs, output)
                .run();
        return output.data().toArray(JAVA_FLOAT);
    }

    private static MemorySegment heap(float[] values) {
        return MemorySegment.ofArray(values);
    }

    private static void assumeInstalled(Peer peer) {
        assumeTrue(peer.absence().isEmpty(), () -> peer.absence().orElse(""));
    }
}
