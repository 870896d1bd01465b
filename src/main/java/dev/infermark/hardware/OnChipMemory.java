package dev.infermark.hardware;

/**
 * A software-managed memory of a core: SBUF, or PSUM where matmul results accumulate.
 *
 * @param capacity all partitions together
 * @param partitions how many partitions there are
 * @param banks independent banks of a partition; 1 where the memory has none
 * @param accessLatency engine cycles that a dependent instruction waits for its access
 * @param maxFreeElements most elements of a partition that one instruction covers
 * @param elementsPerCycle peak of one interface
 * @param interfaceClock clock of that interface
 * @param fullRateStride widest stride of the fastest axis at full bandwidth; wider strides halve it
 */
public record OnChipMemory(
        Figure capacity,
        Figure partitions,
        Figure banks,
        Figure accessLatency,
        Figure maxFreeElements,
        Figure elementsPerCycle,
        Figure interfaceClock,
        Figure fullRateStride) {

    /** Checks every unit, and that the capacity divides into partitions and banks. */
    public OnChipMemory {
        capacity.requirePositive("capacity", Dimension.BYTES);
        partitions.requirePositive("partitions", Dimension.COUNT);
        banks.requirePositive("banks", Dimension.COUNT);
        accessLatency.require("accessLatency", Dimension.CYCLES);
        maxFreeElements.requirePositive("maxFreeElements", Dimension.COUNT);
        elementsPerCycle.requirePositive("elementsPerCycle", Dimension.ELEMENTS_PER_CYCLE);
        interfaceClock.requirePositive("interfaceClock", Dimension.FREQUENCY);
        fullRateStride.requirePositive("fullRateStride", Dimension.BYTES);
        if (capacity.whole() % (partitions.whole() * banks.whole()) != 0) {
            throw new dev.infermark.base.UserError("'capacity' of " + capacity.whole() + " bytes must divide into "
                    + partitions.whole() + " partitions of " + banks.whole() + " banks");
        }
    }

    /** Bytes of all partitions. */
    public long capacityBytes() {
        return capacity.whole();
    }

    /** How many partitions there are. */
    public int partitionCount() {
        return (int) partitions.whole();
    }

    /** Bytes of one partition. */
    public long partitionBytes() {
        return capacity.whole() / partitions.whole();
    }

    /** Bytes of one bank of one partition. */
    public long bankBytes() {
        return partitionBytes() / banks.whole();
    }

    /** The same memory if no instruction waited for its access. */
    OnChipMemory withoutAccessLatency() {
        Figure none = new Figure(0, accessLatency.unit(), FigureKind.INFERRED, "left out, to see what it brings");
        return new OnChipMemory(
                capacity, partitions, banks, none, maxFreeElements, elementsPerCycle, interfaceClock, fullRateStride);
    }

    /** Engine cycles that a dependent instruction waits for its access. */
    public double accessLatencyCycles() {
        return accessLatency.base();
    }
}
