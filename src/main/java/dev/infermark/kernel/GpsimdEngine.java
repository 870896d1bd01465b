package dev.infermark.kernel;

import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.Processor;
import dev.infermark.kernel.gpsimd.Tensor;
import dev.infermark.kernel.provider.GpsimdSupport;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/** Runs custom operators, one at a time, on eight processors that this host computes one after the other. */
public final class GpsimdEngine {
    private final List<Processor> processors;
    private final ReentrantLock oneAtATime = new ReentrantLock();

    GpsimdEngine(GpsimdSupport support) {
        processors = IntStream.range(0, Processor.COUNT)
                .mapToObj(id -> new Processor(id, support))
                .toList();
    }

    /** The operator's result in a new tensor. */
    public Tensor run(CustomOperator operator, List<Tensor> inputs) {
        Tensor output = Tensor.zeros(operator.outputShape(inputs));
        runOnAll(operator, inputs, output);
        return output;
    }

    /** Overwrites {@code output}, which must have the shape of the result and not be one of the inputs. */
    public void run(CustomOperator operator, List<Tensor> inputs, Tensor output) {
        int[] shape = operator.outputShape(inputs);
        if (!Arrays.equals(shape, output.shape())) {
            throw new IllegalArgumentException("output: " + operator.name() + " of " + inputs + " has shape "
                    + Arrays.toString(shape) + ", but output is " + output);
        }
        if (inputs.stream().anyMatch(input -> input == output)) {
            throw new IllegalArgumentException("output (" + output + ") must not be one of the inputs " + inputs);
        }
        runOnAll(operator, inputs, output);
    }

    private void runOnAll(CustomOperator operator, List<Tensor> inputs, Tensor output) {
        oneAtATime.lock();
        try {
            for (Processor processor : processors) {
                operator.run(processor, inputs, output);
            }
        } finally {
            oneAtATime.unlock();
        }
    }
}
