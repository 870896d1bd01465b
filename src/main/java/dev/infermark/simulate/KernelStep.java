package dev.infermark.simulate;

import dev.infermark.hardware.Instruction;
import dev.infermark.lower.InstructionGroup.Lane;
import dev.infermark.numerics.DataType;
import java.util.List;

/** What a hand-written kernel makes one resource do, as often as its loops run. */
public sealed interface KernelStep {

    /**
     * Instructions of the Vector or the Scalar engine that follow each other.
     *
     * @param count how many
     * @param engine which of the two engines
     * @param instruction which instruction
     * @param type element type of the operands
     * @param columns elements of a partition that each instruction covers
     */
    record Passes(long count, Lane engine, Instruction instruction, DataType type, long columns)
            implements KernelStep {
        /** Refuses a count or a width below one. */
        public Passes {
            requirePositive("count", count);
            requirePositive("columns", columns);
        }
    }

    /**
     * Loads that a loop triggers and waits for in each of its iterations.
     *
     * @param count iterations
     * @param bytes size of each transfer that an iteration triggers
     */
    record Loads(long count, List<Long> bytes) implements KernelStep {
        /** Copies the list; refuses an empty one, and a count or a size below one. */
        public Loads {
            requirePositive("count", count);
            bytes = List.copyOf(bytes);
            requirePositive("number of transfers", bytes.size());
            bytes.forEach(size -> requirePositive("bytes", size));
        }
    }

    /**
     * A transfer under way, from its first byte to its last.
     *
     * @param rows contiguous rows
     * @param rowBytes bytes of a row
     */
    record Stream(long rows, long rowBytes) implements KernelStep {
        /** Refuses a count or a size below one. */
        public Stream {
            requirePositive("rows", rows);
            requirePositive("rowBytes", rowBytes);
        }
    }

    /**
     * Matmuls that accumulate in one bank of PSUM and then hand it over to the engine that empties it.
     *
     * @param count chains
     * @param type element type of the operands
     * @param matmuls stationary tiles of one chain
     * @param columns moving columns that stream through each tile
     */
    record MatmulChains(long count, DataType type, long matmuls, long columns) implements KernelStep {
        /** Refuses a count below one. */
        public MatmulChains {
            requirePositive("count", count);
            requirePositive("matmuls", matmuls);
            requirePositive("columns", columns);
        }
    }

    private static void requirePositive(String what, long value) {
        if (value < 1) {
            throw new IllegalArgumentException(what + " must be at least 1, got " + value);
        }
    }
}
