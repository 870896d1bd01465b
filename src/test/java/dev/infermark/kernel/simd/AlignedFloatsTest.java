package dev.infermark.kernel.simd;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AlignedFloatsTest {
    private static final int LINE_BYTES = 64;
    private static final MethodHandle MEMMOVE = memmove();

    @Test
    void startAtACacheLineWhereverTheCollectorPutsThem() {
        List<AlignedFloats> all = IntStream.range(1, 100).mapToObj(AlignedFloats::new).toList();
        for (AlignedFloats floats : all) {
            Arrays.fill(floats.array(), floats.start(), floats.start() + floats.length(), floats.length());
        }

        System.gc();

        for (AlignedFloats floats : all) {
            assertTrue(isAlignedOnceTheCollectorRests(floats));
            float[] expected = new float[floats.length()];
            Arrays.fill(expected, floats.length());
            assertArrayEquals(
                    expected,
                    Arrays.copyOfRange(floats.array(), floats.start(), floats.start() + floats.length()));
        }
    }

    @Test
    void ofNoLengthAreNone() {
        assertEquals(0, new AlignedFloats(0).length());
    }

    /** Tests run side by side, so the collector may move an array between its being aligned and being looked at. */
    private static boolean isAlignedOnceTheCollectorRests(AlignedFloats floats) {
        return IntStream.range(0, 5).anyMatch(_ -> {
            floats.align();
            return (address(floats.array()) + (long) floats.start() * Float.BYTES) % LINE_BYTES == 0;
        });
    }

    /** Where an array is: {@code memmove} of nothing returns where it would have been moved to. */
    private static long address(float[] array) {
        MemorySegment segment = MemorySegment.ofArray(array);
        try {
            return (long) MEMMOVE.invokeExact(segment, segment, 0L);
        } catch (Throwable thrown) {
            throw new AssertionError("a native call failed", thrown);
        }
    }

    @SuppressWarnings("restricted") // the tests' JVM allows it
    private static MethodHandle memmove() {
        Linker linker = Linker.nativeLinker();
        return linker.downcallHandle(
                linker.defaultLookup().findOrThrow("memmove"),
                FunctionDescriptor.of(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG),
                Linker.Option.critical(true));
    }
}
