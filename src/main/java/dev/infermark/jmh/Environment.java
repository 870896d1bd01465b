package dev.infermark.jmh;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where and how a result was measured, by aspect; an aspect that was not recorded is absent.
 *
 * @param aspects value of each recorded aspect
 */
public record Environment(Map<Aspect, String> aspects) {

    /** What must be equal before two results may be compared. */
    public enum Aspect {
        /** Version of the JDK. */
        JDK("jdk"),
        /** Name and version of the virtual machine. */
        VM("vm"),
        /** Flags of the forked JVM. */
        JVM_ARGS("jvm-args"),
        /** Version of JMH. */
        JMH("jmh"),
        /** How JMH keeps results alive. */
        BLACKHOLE("blackhole"),
        /** Threads per fork. */
        THREADS("threads"),
        /** Warm-up and measurement: iterations, times, batch sizes. */
        SETTINGS("settings"),
        /** The processor's model. */
        CPU("cpu"),
        /** The unit of the score. */
        UNIT("unit");

        private final String label;

        Aspect(String label) {
            this.label = label;
        }

        /** The name that {@code --allow} takes. */
        public String label() {
            return label;
        }
    }

    /** Copies the aspects, in their order. */
    public Environment {
        Map<Aspect, String> ordered = new LinkedHashMap<>();
        for (Aspect aspect : Aspect.values()) {
            String value = aspects.getOrDefault(aspect, "");
            if (!value.isBlank()) {
                ordered.put(aspect, value.strip());
            }
        }
        aspects = Collections.unmodifiableMap(ordered);
    }

    /** What a run's provenance tells of the machine, which JMH's JSON does not. */
    static Environment of(Provenance provenance) {
        return new Environment(Map.of(
                Aspect.CPU, provenance.get(Provenance.Fact.CPU),
                Aspect.BLACKHOLE, provenance.get(Provenance.Fact.BLACKHOLE)));
    }

    /** One aspect, empty where it was not recorded. */
    public Optional<String> get(Aspect aspect) {
        return Optional.ofNullable(aspects.get(aspect));
    }

    /** This environment with another's aspects where this one lacks them. */
    public Environment orElse(Environment other) {
        Map<Aspect, String> merged = new LinkedHashMap<>(other.aspects);
        merged.putAll(aspects);
        return new Environment(merged);
    }
}
