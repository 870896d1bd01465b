package dev.infermark.kernel.gpsimd;

import dev.infermark.kernel.provider.GpsimdSupport;

/** One of the eight processors of the GPSIMD engine: 16 lanes of 32 bits and 64 KiB of local memory. */
public final class Processor {
    /** Processors of the engine. */
    public static final int COUNT = 8;

    /** FP32 lanes of one processor. */
    public static final int LANES = 16;

    /** FP32 elements that fit into the local memory of one processor. */
    public static final int LOCAL_ELEMENTS = 64 * 1024 / Float.BYTES;

    private final int id;
    private final GpsimdSupport support;
    private final float[] local = new float[LOCAL_ELEMENTS];

    /** Creates the processor with the given number, 0 to 7. */
    public Processor(int id, GpsimdSupport support) {
        this.id = id;
        this.support = support;
    }

    /** The processor's number, 0 to 7. */
    public int id() {
        return id;
    }

    /** The local memory; what an earlier operator left in it is still there. */
    public float[] local() {
        return local;
    }

    /** The first of {@code items} that is this processor's to handle. */
    public int firstOf(int items) {
        return (int) ((long) items * id / COUNT);
    }

    /** One after the last of {@code items} that is this processor's to handle. */
    public int lastOf(int items) {
        return (int) ((long) items * (id + 1) / COUNT);
    }

    /** Keeps the first {@code kept} of {@code length} elements of local memory and replaces the others. */
    public void affineSelect(int offset, int length, int kept, float replacement) {
        if (offset < 0 || length < 0 || length > LOCAL_ELEMENTS - offset) {
            throw new IllegalArgumentException("local memory holds " + LOCAL_ELEMENTS + " elements, too few for "
                    + length + " at " + offset);
        }
        support.affineSelect(local, offset, length, kept, replacement);
    }
}
