package dev.infermark.bench;

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
 * How fast this host's memory can be read, and copied from one half to the other, at sizes that fit each of the caches
 * and none. The time in which a kernel's bytes could pass divided by the kernel's own is its share of the bandwidth.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class HostBandwidthBenchmark {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    /** Sums that do not wait for each other: as many as additions and loads that are under way at once. */
    private static final int SUMS = 8;

    /** Elements of all memory touched: 16 KiB, 256 KiB, 1, 2, 4, 8, 16 and 256 MiB. */
    @Param({"4096", "65536", "262144", "524288", "1048576", "2097152", "4194304", "67108864"})
    public String shape = "";

    /** Element type. */
    @Param("fp32")
    public String type = "";

    /** Which kernels run. */
    @Param("simd")
    public String implementation = "";

    private float[] all = {};
    private float[] from = {};
    private float[] to = {};

    /** Fills the memory. */
    @Setup
    public void prepare() {
        int elements = Integer.parseInt(shape);
        all = Inputs.floats(elements);
        from = Inputs.floats(elements / 2);
        to = new float[elements / 2];
    }

    /** The sum of all elements. */
    @Benchmark
    public float read() {
        int width = SPECIES.length();
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        FloatVector sum4 = sum0;
        FloatVector sum5 = sum0;
        FloatVector sum6 = sum0;
        FloatVector sum7 = sum0;
        for (int i = 0; i < all.length; i += SUMS * width) {
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, all, i));
            sum1 = sum1.add(FloatVector.fromArray(SPECIES, all, i + width));
            sum2 = sum2.add(FloatVector.fromArray(SPECIES, all, i + 2 * width));
            sum3 = sum3.add(FloatVector.fromArray(SPECIES, all, i + 3 * width));
            sum4 = sum4.add(FloatVector.fromArray(SPECIES, all, i + 4 * width));
            sum5 = sum5.add(FloatVector.fromArray(SPECIES, all, i + 5 * width));
            sum6 = sum6.add(FloatVector.fromArray(SPECIES, all, i + 6 * width));
            sum7 = sum7.add(FloatVector.fromArray(SPECIES, all, i + 7 * width));
        }
        return sum0.add(sum1).add(sum2).add(sum3).add(sum4).add(sum5).add(sum6).add(sum7)
                .reduceLanes(VectorOperators.ADD);
    }

    /** One half of the elements to the other half. */
    @Benchmark
    public Object copy() {
        System.arraycopy(from, 0, to, 0, to.length);
        return to;
    }
}
