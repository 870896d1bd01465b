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
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * oneDNN through its BLAS-like functions.
 *
 * <p>Matrices may be on the heap or, as its own users have them, outside of it: the call copies neither.
 */
@SuppressWarnings("restricted")
public final class OneDnn {
    static final NativePeer PEER = new NativePeer(
            "oneDNN",
            List.of("libdnnl.so.3", "libdnnl.so.2", "libdnnl.so", "libdnnl.dylib"),
            "'apt-get install libdnnl2' on Debian, or put libdnnl on the library path",
            Map.of());

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
     * The library, computing on one thread where the thread that calls this calls it.
     *
     * @throws dev.infermark.base.UserError if it is not installed
     */
    public static OneDnn load() {
        SymbolLookup library = PEER.load();
        MethodHandle setThreads =
                NativePeer.function(library, "omp_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
        try {
            setThreads.invokeExact(1);
        } catch (Throwable thrown) {
            throw NativePeer.unexpected(thrown);
        }
        return new OneDnn(library);
    }

    /** oneDNN's version, such as {@code 2.6.3}. */
    static String version() {
        MethodHandle version = NativePeer.function(PEER.load(), "dnnl_version", FunctionDescriptor.of(ADDRESS));
        try {
            MemorySegment numbers = ((MemorySegment) version.invokeExact()).reinterpret(3L * Integer.BYTES);
            return IntStream.of(numbers.toArray(JAVA_INT)).mapToObj(String::valueOf).collect(Collectors.joining("."));
        } catch (Throwable thrown) {
            throw NativePeer.unexpected(thrown);
        }
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
