package dev.infermark.bench.run;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.BitSet;
import java.util.concurrent.Callable;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RunnableFuture;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The threads that JMH measures on, confined to chosen cores. The JVM's other threads are not, so that its compiler
 * does not take the time of what is measured.
 */
public final class PinnedThreads extends ThreadPoolExecutor {
    /** The system property that holds the cores' numbers, with commas between. */
    static final String CORES = "infermark.cores";

    /** Whether the thread could be confined, which is tried once for each, for its traces lie in what JMH counts. */
    private static final ThreadLocal<Boolean> CONFINED =
            ThreadLocal.withInitial(() -> confine(System.getProperty(CORES, "")));

    /** JMH makes it by the class's name. */
    public PinnedThreads(int threads, String prefix) {
        super(threads, threads, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
            Thread thread = new Thread(work, prefix);
            thread.setDaemon(true);
            return thread;
        });
    }

    /** A task that confines its thread first, and fails where that is not possible. */
    @Override
    protected <T> RunnableFuture<T> newTaskFor(Callable<T> task) {
        return super.newTaskFor(() -> {
            if (!CONFINED.get()) {
                throw new IllegalStateException("cannot pin to cores " + System.getProperty(CORES));
            }
            return task.call();
        });
    }

    /** Confines the calling thread to some cores; whether that was possible. */
    static boolean confine(String cores) {
        BitSet mask = new BitSet();
        Stream.of(cores.split(",")).mapToInt(Integer::parseInt).forEach(mask::set);
        return Linker.nativeLinker()
                .defaultLookup()
                .find("sched_setaffinity")
                .map(function -> setAffinity(function, mask.toByteArray()) == 0)
                .orElse(false);
    }

    /** Linux's {@code sched_setaffinity} for the calling thread, which it knows as 0. */
    @SuppressWarnings("restricted") // the kernel checks what it is given
    private static int setAffinity(MemorySegment function, byte[] mask) {
        // The kernel takes whole words.
        byte[] words = Arrays.copyOf(mask, Math.ceilDiv(mask.length, Long.BYTES) * Long.BYTES);
        try {
            return (int) Linker.nativeLinker()
                    .downcallHandle(
                            function,
                            FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG, ADDRESS),
                            Linker.Option.critical(true))
                    .invokeExact(0, (long) words.length, MemorySegment.ofArray(words));
        } catch (Throwable thrown) {
            throw new AssertionError("a native call failed", thrown);
        }
    }
}
