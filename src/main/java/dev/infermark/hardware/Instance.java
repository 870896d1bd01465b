package dev.infermark.hardware;

import java.util.Optional;

/**
 * A rentable machine.
 *
 * @param name such as {@code inf2.xlarge}
 * @param chip what accelerates it
 * @param chips how many of them
 * @param vcpus virtual CPUs of the host
 * @param hostMemory memory of the host
 * @param network data rate to other machines, absent where not published
 * @param link NeuronLink between its chips, absent with one chip
 */
public record Instance(
        String name,
        Chip chip,
        Figure chips,
        Figure vcpus,
        Figure hostMemory,
        Optional<Figure> network,
        Optional<NeuronLink> link) {

    /** Checks every unit. */
    public Instance {
        chips.requirePositive("chips", Dimension.COUNT);
        vcpus.requirePositive("vcpus", Dimension.COUNT);
        hostMemory.requirePositive("hostMemory", Dimension.BYTES);
        network.ifPresent(rate -> rate.requirePositive("network", Dimension.BYTES_PER_SECOND));
    }

    /** This instance with other chips. */
    public Instance with(Chip other) {
        return new Instance(name, other, chips, vcpus, hostMemory, network, link);
    }

    /** How many chips the instance has. */
    public int chipCount() {
        return (int) chips.whole();
    }

    /** How many NeuronCores all chips have together. */
    public int coreCount() {
        return chipCount() * chip.coreCount();
    }

    /** Virtual CPUs of the host. */
    public int vcpuCount() {
        return (int) vcpus.whole();
    }

    /** Bytes of host memory. */
    public long hostMemoryBytes() {
        return hostMemory.whole();
    }
}
