package dev.infermark.bench;

import dev.infermark.bench.peer.OneDnn;
import dev.infermark.bench.peer.OpenBlas;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.TimeUnit;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.CommonOps_FDRM;
import org.ojalgo.OjAlgoUtils;
import org.ojalgo.matrix.store.R032Store;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/**
 * The matmuls of {@link TensorEngineBenchmark} by other libraries, on one thread unless the name says otherwise.
 *
 * <p>Native libraries get matrices outside of the heap that begin at a cache line, which suits them best.
 */
public final class MatmulPeers {
    private static final int CACHE_LINE = 64;

    private MatmulPeers() {}

    private static MemorySegment floats(int length) {
        return bytes(length * Float.BYTES).copyFrom(MemorySegment.ofArray(Inputs.floats(length)));
    }

    private static MemorySegment bytes(int length) {
        return Arena.global().allocate(length, CACHE_LINE);
    }

    /** C = A·B. */
    @State(Scope.Thread)
    @BenchmarkMode(Mode.AverageTime)
    @OutputTimeUnit(TimeUnit.MICROSECONDS)
    public abstract static class Matmul {
        private Runnable matmul = () -> {
            throw new IllegalStateException("not set up");
        };

        /** Fills the operands. */
        @Setup
        public void prepare() {
            int[] sizes = Inputs.sizes(shape());
            matmul = plan(sizes[0], sizes[1], sizes[2]);
        }

        abstract String shape();

        abstract Runnable plan(int m, int k, int n);

        void multiply() {
            matmul.run();
        }
    }

    /** FP32 matmuls on one thread. */
    public abstract static class Fp32 extends Matmul {
        /** m×k×n: A is m×k, B is k×n. */
        @Param({
            "480x512x512",
            "960x1024x1024",
            "128x4096x1024",
            "128x1024x4096",
            "1280x1024x1024",
            "384x768x768",
            "384x3072x768",
            "384x768x3072"
        })
        public String shape = "";

        /** Element type. */
        @Param("fp32")
        public String type = "";

        @Override
        final String shape() {
            return shape;
        }

        /** C = A·B. */
        @Benchmark
        public void matmul() {
            multiply();
        }
    }

    /** EJML, which has no kernels for many threads in this module. */
    public static class Ejml extends Fp32 {
        /** Names the peer in results. */
        @Param("ejml")
        public String implementation = "";

        @Override
        Runnable plan(int m, int k, int n) {
            FMatrixRMaj a = FMatrixRMaj.wrap(m, k, Inputs.floats(m * k));
            FMatrixRMaj b = FMatrixRMaj.wrap(k, n, Inputs.floats(k * n));
            FMatrixRMaj c = new FMatrixRMaj(m, n);
            return () -> CommonOps_FDRM.mult(a, b, c);
        }
    }

    /** ojAlgo, whose matrices are column-major. */
    public static class OjAlgo extends Fp32 {
        /** Names the peer in results. */
        @Param("ojalgo")
        public String implementation = "";

        @Override
        Runnable plan(int m, int k, int n) {
            OjAlgoUtils.limitThreadsTo(1);
            R032Store a = R032Store.wrap(Inputs.floats(m * k), m);
            R032Store b = R032Store.wrap(Inputs.floats(k * n), k);
            R032Store c = R032Store.FACTORY.make(m, n);
            return () -> c.fillByMultiplying(a, b);
        }
    }

    /** OpenBLAS. */
    public static class Cblas extends Fp32 {
        /** Names the peer in results. */
        @Param("openblas")
        public String implementation = "";

        @Override
        Runnable plan(int m, int k, int n) {
            return sgemm(1, m, k, n);
        }
    }

    /** oneDNN. */
    public static class Dnnl extends Fp32 {
        /** Names the peer in results. */
        @Param("onednn")
        public String implementation = "";

        @Override
        Runnable plan(int m, int k, int n) {
            OneDnn library = OneDnn.load();
            MemorySegment a = floats(m * k);
            MemorySegment b = floats(k * n);
            MemorySegment c = bytes(m * n * Float.BYTES);
            return () -> library.sgemm(m, k, n, a, b, c);
        }
    }

    /** oneDNN on signed bytes, with INT32 sums. */
    public static class DnnlInt8 extends Matmul {
        /** m×k×n: A is m×k, B is k×n. */
        @Param("128x1024x1024")
        public String shape = "";

        /** Element type. */
        @Param("int8")
        public String type = "";

        /** Names the peer in results. */
        @Param("onednn")
        public String implementation = "";

        @Override
        String shape() {
            return shape;
        }

        @Override
        Runnable plan(int m, int k, int n) {
            OneDnn library = OneDnn.load();
            MemorySegment a = bytes(m * k).copyFrom(MemorySegment.ofArray(Inputs.bytes(m * k)));
            MemorySegment b = bytes(k * n).copyFrom(MemorySegment.ofArray(Inputs.bytes(k * n)));
            MemorySegment c = bytes(m * n * Integer.BYTES);
            return () -> library.gemmInt8(m, k, n, a, b, c);
        }

        /** C = A·B. */
        @Benchmark
        public void matmul() {
            multiply();
        }
    }

    /** OpenBLAS on two threads. */
    public static class CblasTwoThreads extends Matmul {
        /** m×k×n: A is m×k, B is k×n. */
        @Param({"960x1024x1024", "384x768x3072"})
        public String shape = "";

        /** Element type. */
        @Param("fp32")
        public String type = "";

        /** Names the peer in results. */
        @Param("openblas")
        public String implementation = "";

        @Override
        String shape() {
            return shape;
        }

        @Override
        Runnable plan(int m, int k, int n) {
            return sgemm(2, m, k, n);
        }

        /** C = A·B. */
        @Benchmark
        public void matmulTwoThreads() {
            multiply();
        }
    }

    private static Runnable sgemm(int threads, int m, int k, int n) {
        OpenBlas library = OpenBlas.load(threads);
        MemorySegment a = floats(m * k);
        MemorySegment b = floats(k * n);
        MemorySegment c = bytes(m * n * Float.BYTES);
        return () -> library.sgemm(m, k, n, a, b, c);
    }
}
