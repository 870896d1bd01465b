package dev.infermark.hardware;

import dev.infermark.numerics.DataType;

/** What generations of chips are compared by, computed from their figures. */
public enum ComparedQuantity {
    /** Device memory of a chip. */
    MEMORY_CAPACITY("memory capacity", "memory.capacity", Unit.GIBIBYTE),
    /** Bandwidth of the device memory of a chip. */
    MEMORY_BANDWIDTH("memory bandwidth", "memory.bandwidth", Unit.GIGABYTE_PER_SECOND),
    /** The vendor's BF16 peak of one core. */
    TENSOR_ENGINE("Tensor engine", "advertisedPeak.bf16 / cores", Unit.TERAFLOPS),
    /** Peak of one array from its shape and clock. */
    TENSOR_ARRAY("Tensor engine by its array", "2 x rows x columns x clock of core.tensor", Unit.TERAFLOPS),
    /** The vendor's operations per cycle of one Vector engine. */
    VECTOR_ENGINE("Vector engine", "core.vector.flopPerCycle", Unit.FLOP_PER_CYCLE),
    /** The vendor's operations per cycle of one Scalar engine. */
    SCALAR_ENGINE("Scalar engine", "core.scalar.flopPerCycle", Unit.FLOP_PER_CYCLE);

    private final String title;
    private final String formula;
    private final Unit unit;

    ComparedQuantity(String title, String formula, Unit unit) {
        this.title = title;
        this.formula = formula;
        this.unit = unit;
    }

    /** The quantity in words. */
    public String title() {
        return title;
    }

    /** How it is computed from the figures of a chip, by their keys. */
    public String formula() {
        return formula;
    }

    /** The unit in which people read the quantity. */
    public Unit unit() {
        return unit;
    }

    /** The quantity of a chip in base units. */
    public double of(Chip chip) {
        return switch (this) {
            case MEMORY_CAPACITY -> chip.memory().capacityBytes();
            case MEMORY_BANDWIDTH -> chip.memory().bytesPerSecond();
            case TENSOR_ENGINE -> chip.advertisedOperationsPerSecond(DataType.BF16) / chip.coreCount();
            case TENSOR_ARRAY -> chip.core().tensor().peakOperationsPerSecond(DataType.BF16);
            case VECTOR_ENGINE -> chip.core().vector().flopPerCycle().base();
            case SCALAR_ENGINE -> chip.core().scalar().flopPerCycle().base();
        };
    }
}
