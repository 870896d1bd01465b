package dev.infermark.bench;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import jdk.incubator.vector.FloatVector;
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
 * How fast this host could multiply matrices at best: as many multiply-adds as a product of the shape takes, all in
 * registers. The product's time divided into this one is its share of the peak.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HostPeakBenchmark {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /** Sums that do not wait for each other: more than any core's fused multiply-adds under way. */
    private static final int SUMS = 12;

    /** m×k×n of the product. */
    @Param("128x1024x1024")
    public String shape = "";

    /** Element type. */
    @Param("fp32")
    public String type = "";

    /** Which kernels run. */
    @Param("simd")
    public String implementation = "";

    private int rounds;
    private float factor;

    /** Counts the vectors that the product's multiply-adds fill. */
    @Setup
    public void prepare() {
        long multiplyAdds = Arrays.stream(Inputs.sizes(shape)).asLongStream().reduce(1, Math::multiplyExact);
        rounds = Math.toIntExact(multiplyAdds / ((long) SUMS * SPECIES.length()));
        factor = 0.5f;
    }

    /** The multiply-adds of the product, without its memory. */
    @Benchmark
    public float multiplyAdd() {
        FloatVector x = FloatVector.broadcast(SPECIES, factor);
        FloatVector sum0 = FloatVector.broadcast(SPECIES, 0f);
        FloatVector sum1 = FloatVector.broadcast(SPECIES, 1f);
        FloatVector sum2 = FloatVector.broadcast(SPECIES, 2f);
        FloatVector sum3 = FloatVector.broadcast(SPECIES, 3f);
        FloatVector sum4 = FloatVector.broadcast(SPECIES, 4f);
        FloatVector sum5 = FloatVector.broadcast(SPECIES, 5f);
        FloatVector sum6 = FloatVector.broadcast(SPECIES, 6f);
        FloatVector sum7 = FloatVector.broadcast(SPECIES, 7f);
        FloatVector sum8 = FloatVector.broadcast(SPECIES, 8f);
        FloatVector sum9 = FloatVector.broadcast(SPECIES, 9f);
        FloatVector sum10 = FloatVector.broadcast(SPECIES, 10f);
        FloatVector sum11 = FloatVector.broadcast(SPECIES, 11f);
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
}
