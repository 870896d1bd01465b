package dev.infermark.simulate;

import java.util.EnumMap;
import java.util.Map;

/**
 * When a stage runs and what it waits for.
 *
 * @param name the layer
 * @param start seconds after the start of the network
 * @param seconds how long it takes
 * @param busy seconds for which each resource works, by the documented costs
 * @param boundBy the resource that determines how long it takes
 */
public record StageTime(String name, double start, double seconds, Map<Resource, Double> busy, Resource boundBy) {

    /** Copies the map. */
    public StageTime {
        busy = java.util.Collections.unmodifiableMap(new EnumMap<>(busy));
    }

    /** The time of a stage that does the same several times, one after the other. */
    StageTime repeated(String other, double from, long times) {
        Map<Resource, Double> together = new EnumMap<>(Resource.class);
        busy.forEach((resource, once) -> together.put(resource, once * times));
        return new StageTime(other, from, seconds * times, together, boundBy);
    }

    /** Seconds for which a resource works. */
    public double busy(Resource resource) {
        return busy.getOrDefault(resource, 0.0);
    }

    /** Seconds after the start of the network at which the stage has ended. */
    public double end() {
        return start + seconds;
    }
}
