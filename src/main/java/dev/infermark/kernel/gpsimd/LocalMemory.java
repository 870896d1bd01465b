package dev.infermark.kernel.gpsimd;

import dev.infermark.numerics.DataType;
import java.util.ArrayList;
import java.util.List;

/**
 * The tightly coupled memory of one processor, handed out from its start.
 *
 * <p>An operator that asks for the same pieces in each run gets the same tensors, so that nothing is allocated.
 */
final class LocalMemory {
    private final List<Tensor> pieces = new ArrayList<>();
    private int handedOut;
    private long used;

    /** Takes everything back. */
    void clear() {
        handedOut = 0;
        used = 0;
    }

    /** A vector of unknown content. */
    Tensor allocate(DataType type, int length) {
        long bytes = (long) length * type.bytes();
        if (bytes > Processor.LOCAL_BYTES - used) {
            throw new IllegalArgumentException("length: " + length + " elements of " + type.label() + " are " + bytes
                    + " bytes, local memory has " + (Processor.LOCAL_BYTES - used) + " of " + Processor.LOCAL_BYTES
                    + " left: work on smaller blocks");
        }
        used += bytes;
        int number = handedOut++;
        if (number < pieces.size()) {
            Tensor earlier = pieces.get(number);
            if (earlier.type() == type && earlier.elements() == length) {
                return earlier;
            }
            pieces.subList(number, pieces.size()).clear();
        }
        Tensor piece = Tensor.zeros(type, length);
        pieces.add(piece);
        return piece;
    }
}
