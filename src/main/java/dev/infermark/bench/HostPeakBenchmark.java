package dev.infermark.bench;

import dev.infermark.base.UserError;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * How fast the Vector API could multiply matrices on this host at best: as many multiply-adds as a matmul of the shape
 * takes, all in registers. This time divided by the matmul's is its share of the peak.
 *
 * <p>Of INT8, already widened, each is a multiplication and an addition of INT32, since the Vector API has no dot
 * product of bytes. As FP32 holds the products of bytes exactly, the faster of the two bounds them.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HostPeakBenchmark {
    private static final VectorSpecies<Float> FLOATS = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
    /** Sums that do not wait for each other: more than any core's fused multiply-adds under way. */
    private static final int SUMS = 12;

    /** m×k×n of the matmul. */
    @Param("128x1024x1024")
    public String shape = "";

    /** Element type. */
    @Param({"fp32", "int8"})
    public String type = "";

    /** Which kernels run. */
    @Param("simd")
    public String implementation = "";

    private int rounds;
    private float factor;
    private byte integerFactor;
    private Supplier<Object> job = Inputs.missing();

    /** Counts the vectors that the matmul's multiply-adds fill. */
    @Setup
    public void prepare() {
        long multiplyAdds = Arrays.stream(Inputs.sizes(shape)).asLongStream().reduce(1, Math::multiplyExact);
        rounds = Math.toIntExact(multiplyAdds / ((long) SUMS * FLOATS.length()));
        factor = 0.5f;
        integerFactor = 3;
        job = switch (type) {
            case "fp32" -> this::floats;
            case "int8" -> this::integers;
            default -> throw new UserError("no multiply-adds of type " + type + ": use fp32 or int8");
        };
    }

    /** The multiply-adds of the matmul, without its memory. */
    @Benchmark
    public Object multiplyAdd() {
        return job.get();
    }

    private float floats() {
        FloatVector x = FloatVector.broadcast(FLOATS, factor);
        FloatVector sum0 = FloatVector.broadcast(FLOATS, 0f);
        FloatVector sum1 = FloatVector.broadcast(FLOATS, 1f);
        FloatVector sum2 = FloatVector.broadcast(FLOATS, 2f);
        FloatVector sum3 = FloatVector.broadcast(FLOATS, 3f);
        FloatVector sum4 = FloatVector.broadcast(FLOATS, 4f);
        FloatVector sum5 = FloatVector.broadcast(FLOATS, 5f);
        FloatVector sum6 = FloatVector.broadcast(FLOATS, 6f);
        FloatVector sum7 = FloatVector.broadcast(FLOATS, 7f);
        FloatVector sum8 = FloatVector.broadcast(FLOATS, 8f);
        FloatVector sum9 = FloatVector.broadcast(FLOATS, 9f);
        FloatVector sum10 = FloatVector.broadcast(FLOATS, 10f);
        FloatVector sum11 = FloatVector.broadcast(FLOATS, 11f);
        for (int i = 0; i < rounds; i++) {
            sum0 = x.fma(sum0, x);
            sum1 = x.fma(sum1, x);
            sum2 = x.fma(sum2, x);
            sum3 = x.fma(sum3, x);
            sum4 = x.fma(sum4, x);
            sum5 = x.fma(sum5, x);
            sum6 = x.fma(sum6, x);
            sum7 = x.fma(sum7, x);
            sum8 = x.fma(sum8, x);
            sum9 = x.fma(sum9, x);
            sum10 = x.fma(sum10, x);
            sum11 = x.fma(sum11, x);
        }
        return sum0.add(sum1).add(sum2).add(sum3).add(sum4).add(sum5)
                .add(sum6).add(sum7).add(sum8).add(sum9).add(sum10).add(sum11)
                .reduceLanes(VectorOperators.ADD);
    }

    private int integers() {
        IntVector x = IntVector.broadcast(INTS, integerFactor);
        IntVector sum0 = IntVector.broadcast(INTS, 0);
        IntVector sum1 = IntVector.broadcast(INTS, 1);
        IntVector sum2 = IntVector.broadcast(INTS, 2);
        IntVector sum3 = IntVector.broadcast(INTS, 3);
        IntVector sum4 = IntVector.broadcast(INTS, 4);
        IntVector sum5 = IntVector.broadcast(INTS, 5);
        IntVector sum6 = IntVector.broadcast(INTS, 6);
        IntVector sum7 = IntVector.broadcast(INTS, 7);
        IntVector sum8 = IntVector.broadcast(INTS, 8);
        IntVector sum9 = IntVector.broadcast(INTS, 9);
        IntVector sum10 = IntVector.broadcast(INTS, 10);
        IntVector sum11 = IntVector.broadcast(INTS, 11);
        for (int i = 0; i < rounds; i++) {
            sum0 = x.mul(sum0).add(x);
            sum1 = x.mul(sum1).add(x);
            sum2 = x.mul(sum2).add(x);
            sum3 = x.mul(sum3).add(x);
            sum4 = x.mul(sum4).add(x);
            sum5 = x.mul(sum5).add(x);
            sum6 = x.mul(sum6).add(x);
            sum7 = x.mul(sum7).add(x);
            sum8 = x.mul(sum8).add(x);
            sum9 = x.mul(sum9).add(x);
            sum10 = x.mul(sum10).add(x);
            sum11 = x.mul(sum11).add(x);
        }
        return sum0.add(sum1).add(sum2).add(sum3).add(sum4).add(sum5)
                .add(sum6).add(sum7).add(sum8).add(sum9).add(sum10).add(sum11)
                .reduceLanes(VectorOperators.ADD);
    }
}
