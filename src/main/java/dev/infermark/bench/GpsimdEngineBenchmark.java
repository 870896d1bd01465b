package dev.infermark.bench;

import dev.infermark.base.UserError;
import dev.infermark.kernel.Engines;
import dev.infermark.kernel.Implementation;
import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.kernel.gpsimd.OperatorCost;
import dev.infermark.kernel.gpsimd.Tensor;
import dev.infermark.kernel.gpsimd.TensorSpec;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * Every registered custom operator on the GPSIMD engine, on its own example, and beside it a copy of as many bytes as
 * the operator reads or writes, whichever is more.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GpsimdEngineBenchmark {
    private static final String COPY = "copy";

    /** Name, type and shape; the runner puts every registered operator in here. */
    @Param("triangularMask:fp32:16x128x128")
    public String operator = "";

    /** Which kernels run, or the copy. */
    @Param({"simd", "reference", COPY})
    public String implementation = "";

    private Runnable job = () -> {
        throw new IllegalStateException("not set up");
    };
    private Object results = List.of();

    /** Fills the operands. */
    @Setup
    public void prepare() {
        CustomOperator measured = registered();
        List<TensorSpec> inputSpecs = measured.example();
        List<TensorSpec> outputSpecs = measured.outputs(inputSpecs);
        if (implementation.equals(COPY)) {
            prepareCopy(Math.toIntExact(bytes(measured, inputSpecs, outputSpecs)));
            return;
        }
        // In this order, as the copy has it: which of two arrays comes first in memory is worth a tenth of the time.
        List<Tensor> inputs = measured.exampleInputs();
        List<Tensor> outputs = outputSpecs.stream().map(Tensor::empty).toList();
        results = outputs;
        job = Engines.of(Implementation.valueOf(implementation.toUpperCase(Locale.ROOT)))
                .gpsimd()
                .bind(measured, inputs, outputs);
    }

    private CustomOperator registered() {
        String name = OperatorExample.parse(operator).operator();
        return CustomOperators.registered()
                .find(name)
                .orElseThrow(() -> new UserError("no custom operator '" + name + "' is registered on the class path"));
    }

    private void prepareCopy(int bytes) {
        byte[] from = Inputs.bytes(bytes);
        byte[] to = new byte[bytes];
        results = to;
        job = () -> System.arraycopy(from, 0, to, 0, to.length);
    }

    /** By the operator's cost, or else by the sizes of its tensors. */
    private static long bytes(CustomOperator operator, List<TensorSpec> inputs, List<TensorSpec> outputs) {
        OperatorCost cost = operator.cost(inputs)
                .orElseGet(() -> new OperatorCost(outputs.getFirst().type(), 0, sum(inputs), sum(outputs)));
        return Math.max(cost.bytesRead(), cost.bytesWritten());
    }

    private static long sum(List<TensorSpec> tensors) {
        return tensors.stream().mapToLong(TensorSpec::bytes).sum();
    }

    /** The operator's results. */
    @Benchmark
    public Object run() {
        job.run();
        return results;
    }
}
