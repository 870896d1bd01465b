package dev.infermark.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.kernel.gpsimd.EmbeddingGather;
import dev.infermark.kernel.gpsimd.Processor;
import dev.infermark.kernel.gpsimd.Relu;
import dev.infermark.kernel.gpsimd.Tensor;
import dev.infermark.kernel.gpsimd.TensorSpec;
import dev.infermark.kernel.gpsimd.TriangularMask;
import dev.infermark.numerics.DataType;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class GpsimdEngineTest {
    private static final GpsimdEngine ENGINE =
            Engines.of(Implementation.REFERENCE).gpsimd();

    /** An operator of the same shape out as in, whose processors do what a test wants. */
    private record Shaped(BiConsumer<Processor, List<Tensor>> share) implements CustomOperator {
        @Override
        public String name() {
            return "shaped";
        }

        @Override
        public List<TensorSpec> outputs(List<TensorSpec> inputs) {
            return inputs;
        }

        @Override
        public void run(Processor processor, List<Tensor> inputs, List<Tensor> outputs) {
            share.accept(processor, List.of(inputs.getFirst(), outputs.getFirst()));
        }
    }

    private static final CustomOperator ADD_ONE = new Shaped((processor, tensors) -> {
        int n = tensors.getFirst().elements();
        for (int i = processor.firstOf(n); i < processor.lastOf(n); i++) {
            float before = tensors.getLast().floats().get(i);
            tensors.getLast().floats().set(before + tensors.getFirst().floats().get(i) + 1, i);
        }
    });

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 8})
    void processorsShareTheWorkWithoutGapOrOverlap(int threads) {
        GpsimdEngine engine = ENGINE.onThreads(threads);
        for (int n : new int[] {1, 7, 8, 9, 127, 1000}) {
            Tensor y = engine.run(ADD_ONE, List.of(Tensor.full(2, DataType.FP32, n))).getFirst();
            IntStream.range(0, n).forEach(i -> assertEquals(3, y.floats().get(i)));
        }
    }

    @ParameterizedTest
    @EnumSource(Implementation.class)
    void threadsGiveTheSameBitsAsTheCallerAlone(Implementation implementation) {
        GpsimdEngine alone = Engines.of(implementation).gpsimd();
        GpsimdEngine together = alone.onThreads(3);
        for (CustomOperator operator : CustomOperators.registered().all()) {
            if (operator instanceof EmbeddingGather) {
                continue;
            }
            List<Tensor> inputs = operator.exampleInputs();
            List<Tensor> expected = alone.run(operator, inputs);
            List<Tensor> actual = together.run(operator, inputs);
            for (int i = 0; i < expected.size(); i++) {
                assertArrayEquals(bits(expected.get(i)), bits(actual.get(i)), operator.name());
            }
        }
    }

    private static int[] bits(Tensor tensor) {
        IntStream positions = IntStream.range(0, tensor.elements());
        return tensor.type() == DataType.FP32
                ? positions.map(i -> Float.floatToRawIntBits(tensor.floats().at(i))).toArray()
                : positions.map(i -> tensor.ints().at(i)).toArray();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 8})
    void theFirstProcessorsExceptionReachesTheCallerAsItWasThrown(int threads) {
        List<RuntimeException> thrown = IntStream.range(0, Processor.COUNT)
                .<RuntimeException>mapToObj(i -> new IllegalArgumentException("processor " + i))
                .toList();
        CustomOperator failing = new Shaped((processor, tensors) -> {
            if (processor.id() >= 3) {
                throw thrown.get(processor.id());
            }
        });
        GpsimdEngine engine = ENGINE.onThreads(threads);
        List<Tensor> inputs = List.of(Tensor.zeros(DataType.FP32, 8));
        RuntimeException caught = assertThrows(RuntimeException.class, () -> engine.run(failing, inputs));
        assertSame(thrown.get(3), caught);
        assertEquals(0, caught.getSuppressed().length);
        assertEquals(1, engine.run(ADD_ONE, inputs).getFirst().floats().get(7));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void errorsReachTheCallerToo(int threads) {
        CustomOperator failing = new Shaped((processor, tensors) -> {
            throw new AssertionError("wrong");
        });
        GpsimdEngine engine = ENGINE.onThreads(threads);
        List<Tensor> inputs = List.of(Tensor.zeros(DataType.FP32, 8));
        assertEquals(
                "wrong",
                assertThrows(AssertionError.class, () -> engine.run(failing, inputs)).getMessage());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void refusesAnOperatorWithinAnOperator(int threads) {
        GpsimdEngine engine = ENGINE.onThreads(threads);
        List<Tensor> inputs = List.of(Tensor.zeros(DataType.FP32, 8));
        CustomOperator nested = new Shaped((processor, tensors) -> engine.run(ADD_ONE, inputs));
        assertEquals(
                "an operator that this engine is running has started shaped: run it after that one",
                assertThrows(IllegalStateException.class, () -> engine.run(nested, inputs)).getMessage());
    }

    @Test
    void bindsOnceAndRunsOften() {
        Tensor x = Tensor.full(-1, DataType.FP32, 9);
        Tensor y = Tensor.ones(DataType.FP32, 9);
        Runnable relu = ENGINE.bind(new Relu(), List.of(x), List.of(y));
        relu.run();
        assertEquals(0, y.floats().at(8));
        x.floats().put(8, 5);
        relu.run();
        assertEquals(5, y.floats().at(8));
    }

    @Test
    void localMemoryIsFreeAgainForEveryRunAndHoldsSixtyFourKibibytes() {
        AtomicInteger runs = new AtomicInteger();
        CustomOperator greedy = new Shaped((processor, tensors) -> {
            assertEquals(8192, processor.local(DataType.FP32, 8192).elements());
            assertEquals(DataType.INT8, processor.local(DataType.INT8, 32768).type());
            assertMessage(
                    "length: 1 elements of int8 are 1 bytes, local memory has 0 of 65536 left: work on smaller blocks",
                    () -> processor.local(DataType.INT8, 1));
            runs.incrementAndGet();
        });
        List<Tensor> inputs = List.of(Tensor.zeros(DataType.FP32, 8));
        ENGINE.run(greedy, inputs);
        ENGINE.run(greedy, inputs);
        assertEquals(2 * Processor.COUNT, runs.get());
    }

    @Test
    void instructionsRefuseWhatDoesNotFit() {
        Tensor x = Tensor.zeros(DataType.FP32, 8);
        Tensor codes = Tensor.zeros(DataType.BF16, 8);
        ENGINE.run(
                new Shaped((processor, tensors) -> {
                    assertMessage(
                            "to (bf16 8) has not the type of from (fp32 8)",
                            () -> processor.copy(x, 0, codes, 0, 8));
                    assertEquals(
                            "from (fp32 8) has no 2 elements from position 7",
                            assertThrows(
                                            IndexOutOfBoundsException.class,
                                            () -> processor.copy(x, 7, tensors.getLast(), 0, 2))
                                    .getMessage());
                    assertMessage("to: no iota of bf16 8", () -> processor.iota(codes, 0, 8, 0, 0, 1));
                    assertMessage("from: no ReLU of bf16 8", () -> processor.relu(codes, 0, codes, 0, 8));
                    assertMessage("from: takes fp32, not bf16 8", () -> processor.firstAbove(codes, 0, 8, 0));
                    assertMessage(
                            "count: 3 boxes, but boxes (fp32 8) has 2",
                            () -> processor.overlapsAny(x, 3, 0, 0, 1, 1, 0));
                }),
                List.of(x));
    }

    @Test
    void refusesTensorsThatDoNotFitAndNamesThem() {
        CustomOperator mask = new TriangularMask();
        Tensor x = Tensor.zeros(DataType.FP32, 2, 3, 3);
        assertMessage(
                "outputs: triangularMask of [fp32 2x3x3] gives [fp32 2x3x3], but outputs are [fp32 3x3]",
                () -> ENGINE.run(mask, List.of(x), List.of(Tensor.zeros(DataType.FP32, 3, 3))));
        assertMessage(
                "outputs: triangularMask of [fp32 2x3x3] gives [fp32 2x3x3], but outputs are [int32 2x3x3]",
                () -> ENGINE.run(mask, List.of(x), List.of(Tensor.zeros(DataType.INT32, 2, 3, 3))));
        assertMessage(
                "output (fp32 2x3x3) must not be one of the inputs [fp32 2x3x3]",
                () -> ENGINE.run(mask, List.of(x), List.of(x)));
        assertMessage(
                "output (fp32 2x3x3) is there twice",
                () -> ENGINE.run(ADD_ONE, List.of(Tensor.zeros(DataType.FP32, 2, 3, 3), x), twice()));
        assertMessage("inputs: triangularMask takes 1 tensor, not 2", () -> ENGINE.run(mask, List.of(x, x)));
        assertMessage(
                "threads: 9 is not from 1 to 8, the number of processors", () -> ENGINE.onThreads(9));
    }

    private static List<Tensor> twice() {
        Tensor[] tensors = new Tensor[2];
        Arrays.fill(tensors, Tensor.zeros(DataType.FP32, 2, 3, 3));
        return List.of(tensors);
    }

    private static void assertMessage(String message, Executable call) {
        assertEquals(message, assertThrows(IllegalArgumentException.class, call).getMessage());
    }
}
