package dev.infermark.deploy;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Chip;
import dev.infermark.lower.Program;
import java.util.List;
import java.util.Locale;

/**
 * What a copy of the network takes of its core's part of the device memory, by the classes of the Neuron runtime.
 *
 * @param constants weights, in bytes
 * @param tensors inputs and outputs, in bytes
 * @param scratchpad activations where they exceed the on-chip memory, in bytes
 * @param runtime the runtime's microcode, in bytes
 * @param capacity the core's part, in bytes
 */
public record MemoryUse(long constants, long tensors, long scratchpad, long runtime, long capacity) {

    /** The use of a program on one core of a chip. */
    static MemoryUse of(Program program, Chip chip) {
        long spilled = Math.max(0, program.largestActivationBytes() - chip.core().sbuf().capacityBytes());
        return new MemoryUse(
                program.storedBytes(),
                program.inputBytes() + program.allOutputBytes(),
                spilled,
                chip.memory().microcodeBytes(),
                chip.memory().coreBytes());
    }

    /** All classes together, in bytes. */
    public long total() {
        return constants + tensors + scratchpad + runtime;
    }

    /** Refuses a program that does not fit, naming what it needs and what helps. */
    void requireFit(String model, FitAdvice advice) {
        if (total() > capacity) {
            List<String> remedies = advice.remedies();
            throw new UserError(String.format(
                    Locale.ROOT,
                    "%s needs %.1f GiB of device memory and a core of %s has %.1f GiB; %s",
                    model,
                    total() / 0x1p30,
                    advice.instance().name(),
                    capacity / 0x1p30,
                    remedies.isEmpty()
                            ? "no instance that is known holds it"
                            : "it fits: " + String.join("; ", remedies)));
        }
    }
}
