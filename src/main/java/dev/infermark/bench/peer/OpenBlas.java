package dev.infermark.bench.peer;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_FLOAT;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.FloatVector;

/**
 * OpenBLAS through its CBLAS interface.
 *
 * <p>Matrices may be on the heap or, as its own users have them, outside of it: the call copies neither.
 */
public final class OpenBlas {
    static final NativePeer PEER = new NativePeer(
            "OpenBLAS",
            List.of("libopenblas.so.0", "libopenblas.so", "libopenblas.dylib"),
            "'apt-get install libopenblas0-pthread' on Debian, or put libopenblas on the library path",
            settings());

    private static final int ROW_MAJOR = 101;
    private static final int NOT_TRANSPOSED = 111;

    private final MethodHandle sgemm;

    private OpenBlas(SymbolLookup library) {
        sgemm = NativePeer.function(
                library,
                "cblas_sgemm",
                FunctionDescriptor.ofVoid(
                        JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_FLOAT, ADDRESS, JAVA_INT,
                        ADDRESS, JAVA_INT, JAVA_FLOAT, ADDRESS, JAVA_INT));
    }

    /**
     * The library, computing on that many threads, which it keeps for all its callers in this JVM.
     *
     * @param threads at least 1
     * @throws dev.infermark.base.UserError if it is not installed
     */
    public static OpenBlas load(int threads) {
        SymbolLookup library = PEER.load();
        MethodHandle setThreads =
                NativePeer.function(library, "openblas_set_num_threads", FunctionDescriptor.ofVoid(JAVA_INT));
        try {
            setThreads.invokeExact(threads);
        } catch (Throwable thrown) {
            throw NativePeer.unexpected(thrown);
        }
        return new OpenBlas(library);
    }

    /**
     * Kernels for vectors of 512 bits where the host has them: a release that is older than the processor takes others,
     * down to those for SSE3.
     */
    private static Map<String, String> settings() {
        boolean isWide = System.getProperty("os.arch").equals("amd64")
                && ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
                && FloatVector.SPECIES_PREFERRED.vectorBitSize() == 512;
        return isWide ? Map.of("OPENBLAS_CORETYPE", "SkylakeX") : Map.of();
    }

    /** OpenBLAS's version and what its kernels were made for, such as {@code 0.3.21 (SkylakeX)}. */
    static String version() {
        String version = text("openblas_get_config").replaceFirst("^OpenBLAS ([0-9.]+).*", "$1");
        return version + " (" + text("openblas_get_corename") + ")";
    }

    private static String text(String function) {
        return NativePeer.text(NativePeer.function(PEER.load(), function, FunctionDescriptor.of(ADDRESS)));
    }

    /** C = A·B, row-major without gaps, with A of m×k, B of k×n and C of m×n; overwrites {@code c}. */
    public void sgemm(int m, int k, int n, MemorySegment a, MemorySegment b, MemorySegment c) {
        try {
            sgemm.invokeExact(
                    ROW_MAJOR, NOT_TRANSPOSED, NOT_TRANSPOSED, m, n, k, 1f, a, k, b, n, 0f, c, n);
        } catch (Throwable thrown) {
            throw NativePeer.unexpected(thrown);
        }
    }
}
