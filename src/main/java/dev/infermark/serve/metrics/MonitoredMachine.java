package dev.infermark.serve.metrics;

import dev.infermark.hardware.Instance;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The modelled machine, as neuron-monitor sees it.
 *
 * @param instance what it is
 * @param memory bytes that each NeuronCore in use holds, by class; a class that is not modelled is left out
 * @param runtimeTag what names the process that uses the cores
 */
public record MonitoredMachine(
        Instance instance, SortedMap<Integer, Map<MemoryClass, Long>> memory, String runtimeTag) {

    /** Copies the maps. */
    public MonitoredMachine {
        SortedMap<Integer, Map<MemoryClass, Long>> copy = new TreeMap<>();
        memory.forEach((core, bytes) -> copy.put(core, Collections.unmodifiableMap(new EnumMap<>(bytes))));
        memory = Collections.unmodifiableSortedMap(copy);
    }

    /** Bytes of device memory that all cores in use hold together. */
    long deviceBytes() {
        return memory.values().stream()
                .flatMap(classes -> classes.values().stream())
                .mapToLong(Long::longValue)
                .sum();
    }
}
