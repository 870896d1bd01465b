package dev.infermark.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** oneDNN through its BLAS-like functions; it computes on as many threads as the variable OMP_NUM_THREADS says. */
public final class OneDnn {
    static final NativePeer PEER = new NativePeer(
            "oneDNN",
            List.of("libdnnl.so.3", "libdnnl.so.2", "libdnnl.so", "libdnnl.dylib"),
            "'apt-get install libdnnl2' on Debian, or put libdnnl on the library path");

    private static final byte NOT_TRANSPOSED = 'N';
    private static final byte FIXED_OFFSET = 'F';

    private final MethodHandle sgemm;
    private final MethodHandle s8s8s32;
    private final MemorySegment zero = Arena.global().allocate(JAVA_INT);

    private OneDnn(SymbolLookup library) {
        sgemm = NativePeer.function(
                library,
                "dnnl_sgemm",
                FunctionDescriptor.of(
                        JAVA_INT, JAVA_BYTE, JAVA_BYTE, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_FLOAT, ADDRESS,
                        JAVA_LONG, ADDRESS, JAVA_LONG, JAVA_FLOAT, ADDRESS, JAVA_LONG));
        s8s8s32 = NativePeer.function(
                library,
                "dnnl_gemm_s8s8s32",
                FunctionDescriptor.of(
                        JAVA_INT, JAVA_BYTE, JAVA_BYTE, JAVA_BYTE, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_FLOAT,
                        ADDRESS, JAVA_LONG, JAVA_BYTE, ADDRESS, JAVA_LONG, JAVA_BYTE, JAVA_FLOAT, ADDRESS,
                        JAVA_LONG, ADDRESS));
    }

    /**
     * The library.
     *
     * @throws dev.infermark.base.UserError if it is not installed
     */
    public static OneDnn load() {
        return new OneDnn(PEER.load());
    }

    /** C = A·B in FP32, row-major without gaps, with A of m×k, B of k×n and C of m×n; overwrites {@code c}. */
    public void sgemm(int m, int k, int n, MemorySegment a, MemorySegment b, MemorySegment c) {
        try {
            check("dnnl_sgemm", (int) sgemm.invokeExact(
                    NOT_TRANSPOSED, NOT_TRANSPOSED, (long) m, (long) n, (long) k, 1f, a, (long) k, b, (long) n,
                    0f, c, (long) n));
        } catch (Throwable thrown) {
            throw NativePeer.unexpected(thrown);
        }
    }

    /** C = A·B of INT8 with INT32 sums, row-major without gaps; overwrites {@code c}. */
    public void gemmInt8(int m, int k, int n, MemorySegment a, MemorySegment b, MemorySegment c) {
        try {
            check("dnnl_gemm_s8s8s32", (int) s8s8s32.invokeExact(
                    NOT_TRANSPOSED, NOT_TRANSPOSED, FIXED_OFFSET, (long) m, (long) n, (long) k, 1f, a, (long) k,
                    (byte) 0, b, (long) n, (byte) 0, 0f, c, (long) n, zero));
        } catch (Throwable thrown) {
            throw NativePeer.unexpected(thrown);
        }
    }

    private static void check(String function, int status) {
        if (status != 0) {
            throw new IllegalStateException(function + " returned status " + status);
        }
    }
}
