package dev.infermark.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Benchmarks for the tests of the runner: one with parameters, one that throws, one that ends its JVM. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class SampleBenchmark {

    /** The parameters that kernels have. */
    @State(Scope.Thread)
    public static class Vector {
        @Param("64")
        String shape = "";

        @Param("fp64")
        String type = "";

        private double[] values = {};

        /** Fills the vector. */
        @Setup
        public void fill() {
            values = new double[Integer.parseInt(shape)];
        }
    }

    /** Works. */
    @Benchmark
    public double sum(Vector vector) {
        double sum = 0;
        for (double value : vector.values) {
            sum += value;
        }
        return sum;
    }

    /** Leaves an array on the heap. */
    @Benchmark
    public long[] allocator() {
        return new long[1000];
    }

    /** Throws unless its thread is confined to one core. */
    @Benchmark
    public void cores() throws IOException {
        requireCores(1);
    }

    /** Throws unless its thread is confined to two cores, or to the only one there is. */
    @Benchmark
    public void coresTwoThreads() throws IOException {
        requireCores(2);
    }

    private static void requireCores(int most) throws IOException {
        String label = "Cpus_allowed:";
        String mask = Files.readAllLines(Path.of("/proc/thread-self/status")).stream()
                .filter(line -> line.startsWith(label))
                .findFirst()
                .orElseThrow()
                .substring(label.length())
                .replace(",", "")
                .strip();
        int cores = new BigInteger(mask, 16).bitCount();
        if (cores > most) {
            throw new IllegalStateException(cores + " cores");
        }
    }

    /** Throws. */
    @Benchmark
    public int thrower() {
        throw new IllegalStateException("boom");
    }

    /** Ends the JVM that it runs in. */
    @Benchmark
    public int quitter() {
        Runtime.getRuntime().halt(3);
        return 0;
    }
}
