package dev.infermark.kernel.gpsimd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.numerics.DataType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TensorTest {
    @Test
    void factoriesFillTensorsOfEveryType() {
        assertEquals(0, Tensor.zeros(DataType.FP32, 2, 3).floats().get(1, 2));
        assertEquals(1, Tensor.ones(DataType.INT16, 2, 3).ints().get(1, 2));
        assertEquals(-7, Tensor.full(-7, DataType.INT8, 3).ints().get(2));
        assertEquals(255, Tensor.full(255, DataType.UINT8, 3).ints().get(2));
        assertEquals(0xff80, Tensor.full(Double.NEGATIVE_INFINITY, DataType.BF16, 3).ints().get(2));
        assertEquals(0x3c00, Tensor.ones(DataType.FP16, 3).ints().get(2));
        assertEquals(6, Tensor.arange(-3, 10).ints().get(9));
        assertEquals(TensorSpec.of(DataType.INT32, 13), Tensor.arange(-3, 10).spec());
        assertEquals(4, Tensor.of(new float[] {1, 2, 3, 4}, 2, 2).floats().get(1, 1));
        assertEquals(-1, Tensor.of(new int[] {1, 2, 3, -1}, 4).ints().at(3));
        assertEquals(-1, Tensor.of(DataType.INT16, new short[] {-1}, 1).ints().at(0));
        assertEquals(65535, Tensor.of(DataType.BF16, new short[] {-1}, 1).ints().at(0));
        assertEquals(255, Tensor.of(DataType.UINT8, new byte[] {-1}, 1).ints().at(0));
    }

    @Test
    void keepsACopyOfTheElements() {
        float[] elements = {1, 2};
        Tensor tensor = Tensor.of(elements, 2);
        elements[0] = 9;
        assertEquals(1, tensor.floats().at(0));
    }

    @ParameterizedTest
    @CsvSource({
        "INT32,-2147483648,2147483647", "INT16,-32768,32767", "INT8,-128,127", "UINT8,0,255", "BF16,0,65535",
        "FP16,0,65535"
    })
    void elementsKeepTheRangeOfTheirType(DataType type, int least, int most) {
        IntAccessor elements = Tensor.zeros(type, 2, 2).ints();
        elements.set(least, 0, 1);
        elements.set(most, 1, 0);
        assertEquals(least, elements.at(1));
        assertEquals(most, elements.at(2));
        if (type != DataType.INT32) {
            assertMessage(
                    "value: " + (most + 1) + " does not fit into " + type.label() + " 2x2",
                    () -> elements.set(most + 1, 1, 1));
            assertMessage(
                    "value: " + (least - 1) + " does not fit into " + type.label() + " 2x2",
                    () -> elements.set(least - 1, 1, 1));
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"TF32", "CFP8", "INT64", "FP64", "BOOL"})
    void refusesTypesThatTheEngineLacks(DataType type) {
        assertMessage(
                "type: no tensor of " + type.label() + "; take fp32, bf16, fp16, int32, int16, int8 or uint8",
                () -> Tensor.zeros(type, 2));
    }

    @Test
    void refusesTensorsElementsAndIndicesThatDoNotExist() {
        assertMessage("shape 2x0 has a dimension below 1", () -> Tensor.zeros(DataType.FP32, 2, 0));
        assertMessage(
                "spec: fp32 65536x65536 has more than 2147483647 elements",
                () -> Tensor.zeros(DataType.FP32, 65536, 65536));
        assertMessage(
                "elements: shape 2x2 holds 4 elements, the array has shape 3", () -> Tensor.of(new float[3], 2, 2));
        assertMessage(
                "type: fp32 has 4 bytes, the elements have 2", () -> Tensor.of(DataType.FP32, new short[2], 2));
        assertMessage("end: 3 is not above first, which is 3", () -> Tensor.arange(3, 3));
        assertMessage(
                "value: 128.0 is no int8, which holds the whole numbers from -128 to 127",
                () -> Tensor.full(128, DataType.INT8, 1));
        assertMessage(
                "value: 0.5 is no int32, which holds the whole numbers from -2147483648 to 2147483647",
                () -> Tensor.full(0.5, DataType.INT32, 1));
        Tensor matrix = Tensor.zeros(DataType.FP32, 2, 2);
        assertMessage("index has 1 numbers, the tensor's shape is 2x2", () -> matrix.floats().get(3));
        assertMessage("the tensor is fp32 2x2, no integers: take floats()", matrix::ints);
        assertMessage(
                "the tensor is int8 2, not fp32: take ints()", () -> Tensor.zeros(DataType.INT8, 2).floats());
        assertEquals(
                "index [0, 2] lies outside of shape 2x2",
                assertThrows(IndexOutOfBoundsException.class, () -> matrix.floats().get(0, 2))
                        .getMessage());
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
