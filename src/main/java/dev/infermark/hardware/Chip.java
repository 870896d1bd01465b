package dev.infermark.hardware;

import dev.infermark.base.UserError;
import dev.infermark.numerics.DataType;
import java.util.Map;
import java.util.Optional;

/**
 * An accelerator chip.
 *
 * @param name how users call it, such as {@code inferentia2}
 * @param title how the vendor calls it
 * @param cores NeuronCores of the chip
 * @param core what each of them is
 * @param advertisedPeak the vendor's peak rates of the chip by operand type
 * @param memory device memory
 * @param host way to the host
 * @param linkPorts NeuronLink ports of the chip
 * @param collectives collective cores, absent on Inferentia1
 * @param announcement what the vendor printed when it announced the chip, where that is known
 */
public record Chip(
        String name,
        String title,
        Figure cores,
        NeuronCore core,
        Map<DataType, Figure> advertisedPeak,
        DeviceMemory memory,
        HostLink host,
        Figure linkPorts,
        Optional<Collectives> collectives,
        Optional<Announcement> announcement) {

    /** Checks every unit, and that the cores' parts fit into the device memory. */
    public Chip {
        cores.requirePositive("cores", Dimension.COUNT);
        advertisedPeak = Support.copy("advertisedPeak", advertisedPeak, Dimension.OPERATIONS_PER_SECOND);
        linkPorts.require("linkPorts", Dimension.COUNT);
        if (memory.coreBytes() * cores.whole() > memory.capacityBytes()) {
            throw new UserError("'memory.corePart' times 'cores' exceeds 'memory.capacity'; lower one of them");
        }
    }

    /** This chip with other cores. */
    public Chip with(NeuronCore other) {
        return new Chip(name, title, cores, other, advertisedPeak, memory, host, linkPorts, collectives,
                announcement);
    }

    /** How many NeuronCores the chip has. */
    public int coreCount() {
        return (int) cores.whole();
    }

    /** The vendor's peak operations per second of the chip; refuses a type for which none is given. */
    public double advertisedOperationsPerSecond(DataType type) {
        return Support.get(title, advertisedPeak, type);
    }
}
