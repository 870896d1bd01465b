package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.Processor;
import dev.infermark.kernel.gpsimd.Tensor;
import dev.infermark.kernel.gpsimd.TriangularMask;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class GpsimdEngineTest {
    private static final CustomOperator MASK = new TriangularMask(Float.NEGATIVE_INFINITY);

    static Stream<Arguments> implementationsAndShapes() {
        return Stream.of(
                        new int[] {1, 1, 1},
                        new int[] {1, 7, 7},
                        new int[] {3, 13, 65},
                        new int[] {2, 65, 13},
                        new int[] {5, 63, 64},
                        new int[] {1, 207, 207},
                        new int[] {2, 128, 1023},
                        new int[] {1, 9, Processor.LOCAL_ELEMENTS})
                .flatMap(shape -> Arrays.stream(Implementation.values()).map(i -> Arguments.of(i, shape)));
    }

    @ParameterizedTest
    @MethodSource("implementationsAndShapes")
    void triangularMaskKeepsTheDiagonalAndWhatIsBelow(Implementation implementation, int[] shape) {
        Tensor x = Tensor.zeros(shape);
        for (int b = 0; b < shape[0]; b++) {
            for (int i = 0; i < shape[1]; i++) {
                for (int j = 0; j < shape[2]; j++) {
                    x.set(b + i + j, b, i, j);
                }
            }
        }
        Tensor y = Engines.of(implementation).gpsimd().run(MASK, List.of(x));
        for (int b = 0; b < shape[0]; b++) {
            for (int i = 0; i < shape[1]; i++) {
                for (int j = 0; j < shape[2]; j++) {
                    assertEquals(j <= i ? b + i + j : Float.NEGATIVE_INFINITY, y.get(b, i, j));
                }
            }
        }
    }

    /** An operator as a user would write it, through element accessors. */
    private record AddOne() implements CustomOperator {
        @Override
        public String name() {
            return "addOne";
        }

        @Override
        public int[] outputShape(List<Tensor> inputs) {
            return inputs.getFirst().shape();
        }

        @Override
        public void run(Processor processor, List<Tensor> inputs, Tensor output) {
            Tensor x = inputs.getFirst();
            for (int i = processor.firstOf(x.elements()); i < processor.lastOf(x.elements()); i++) {
                output.set(output.get(i) + x.get(i) + 1, i);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void processorsShareTheWorkWithoutGapOrOverlap(Implementation implementation) {
        for (int n : new int[] {1, 7, 8, 9, 127, 1000}) {
            Tensor y = Engines.of(implementation).gpsimd().run(new AddOne(), List.of(Tensor.full(2, n)));
            for (int i = 0; i < n; i++) {
                assertEquals(3, y.get(i));
            }
        }
    }

    @Test
    void refusesShapesThatDoNotFitAndNamesThem() {
        GpsimdEngine engine = Engines.of(Implementation.REFERENCE).gpsimd();
        Tensor x = Tensor.zeros(2, 3, 3);
        assertMessage(
                "output: triangularMask of [2x3x3] has shape [2, 3, 3], but output is 3x3",
                () -> engine.run(MASK, List.of(x), Tensor.zeros(3, 3)));
        assertMessage(
                "output (2x3x3) must not be one of the inputs [2x3x3]", () -> engine.run(MASK, List.of(x), x));
        assertMessage("inputs: triangularMask takes 1 tensor, not 2", () -> engine.run(MASK, List.of(x, x)));
        assertMessage(
                "inputs: triangularMask takes matrices of rows up to 16384 elements, not shape 1x16385",
                () -> engine.run(MASK, List.of(Tensor.zeros(1, 16385))));
    }

    @Test
    void refusesTensorsAndIndicesThatDoNotExist() {
        assertMessage("shape 2x0 has a dimension below 1", () -> Tensor.zeros(2, 0));
        assertMessage(
                "elements: shape 2x2 holds 4 elements, the array has shape 3", () -> Tensor.of(new float[3], 2, 2));
        assertMessage("index has 1 numbers, the tensor's shape is 2x2", () -> Tensor.zeros(2, 2).get(3));
        assertThrows(IndexOutOfBoundsException.class, () -> Tensor.zeros(2, 2).get(0, 2));
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
