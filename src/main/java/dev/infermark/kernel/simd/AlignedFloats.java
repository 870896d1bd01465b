package dev.infermark.kernel.simd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;

/**
 * FP32 values that start at a cache line. A vector that lies across two lines takes two accesses, and a product of
 * vectors that do takes up to a fifth longer.
 *
 * <p>The values are in an array on the heap, which the garbage collector may move, to where lines start elsewhere in
 * it: {@link #align} puts them right again. Where native functions may not be called, they start with the array.
 */
public final class AlignedFloats {
    private static final int LINE_BYTES = 64;
    private static final int LINE = LINE_BYTES / Float.BYTES;
    private static final MethodHandle MEMSET = memset();

    private final int length;
    private final float[] array;
    private final MemorySegment segment;
    private int start;

    /** So many zeros. */
    public AlignedFloats(int length) {
        this.length = length;
        array = new float[Math.addExact(length, LINE - 1)];
        segment = MemorySegment.ofArray(array);
        align();
    }

    /** How many there are. */
    public int length() {
        return length;
    }

    /** The array they are in. */
    public float[] array() {
        return array;
    }

    /** Where in the array they start, until {@link #align} is next called. */
    public int start() {
        return start;
    }

    /** Moves them to the start of a line, if they are not there any more. */
    public void align() {
        int line = (int) (-address() & LINE_BYTES - 1) / Float.BYTES;
        if (line != start) {
            System.arraycopy(array, start, array, line, length);
            start = line;
        }
    }

    /** Where the array's first element is now: what C's {@code memset} returns, which is told to set nothing. */
    private long address() {
        try {
            return (long) MEMSET.invokeExact(segment, 0, 0L);
        } catch (Throwable thrown) {
            throw new AssertionError("a native call failed", thrown);
        }
    }

    @SuppressWarnings("restricted") // called only where it is allowed
    private static MethodHandle memset() {
        FunctionDescriptor signature = FunctionDescriptor.of(JAVA_LONG, ADDRESS, JAVA_INT, JAVA_LONG);
        Linker linker = Linker.nativeLinker();
        return linker.defaultLookup()
                .find("memset")
                .filter(_ -> AlignedFloats.class.getModule().isNativeAccessEnabled())
                .map(function -> linker.downcallHandle(function, signature, Linker.Option.critical(true)))
                .orElseGet(() -> MethodHandles.empty(signature.toMethodType()));
    }
}
