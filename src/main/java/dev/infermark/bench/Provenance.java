package dev.infermark.bench;

import dev.infermark.base.UserError;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/**
 * Where, when and how a run was measured; {@code provenance.csv} holds one line per fact.
 *
 * @param facts every {@link Fact}, in their order
 */
public record Provenance(Map<Fact, String> facts) {

    /** What is recorded of a run. */
    public enum Fact {
        /** The profile's name. */
        PROFILE,
        /** Fresh JVMs per row. */
        FORKS,
        /** Warm-up iterations per fork. */
        WARMUP,
        /** Measured iterations per fork. */
        MEASUREMENT,
        /** When the run started, ISO 8601 in UTC. */
        DATE,
        /** The git commit that the program was built in, or {@code unknown}. */
        COMMIT,
        /** {@code clean}, {@code dirty} where files differ from the commit, or {@code unknown}. */
        TREE,
        /** JMH's version. */
        JMH,
        /** The version of the JDK of the forks. */
        JDK,
        /** The name and version of the virtual machine of the forks. */
        VM,
        /** The flags of the forks. */
        VM_FLAGS,
        /** The garbage collector of the forks. */
        GC,
        /** How JMH keeps results alive. */
        BLACKHOLE,
        /** The libraries measured beside the kernels, each with its version, and those that were absent. */
        PEERS,
        /** The cores that forks were confined to, or {@code no}. */
        PINNED,
        /** The processor's model. */
        CPU,
        /** Logical cores that the JVM may use. */
        LOGICAL_CORES,
        /** The operating system's kernel. */
        KERNEL,
        /** The operating system. */
        OS;

        /** The name in files, such as {@code vm_flags}. */
        public String key() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The name for people, such as {@code vm flags}. */
        public String title() {
            return key().replace('_', ' ');
        }
    }

    private static final List<String> HEADER = List.of("key", "value");

    /** Refuses a record that lacks a fact. */
    public Provenance {
        for (Fact fact : Fact.values()) {
            if (facts.getOrDefault(fact, "").isBlank()) {
                throw new IllegalArgumentException("no " + fact.key());
            }
        }
        facts = Collections.unmodifiableMap(new EnumMap<>(facts));
    }

    /** Reads a run's provenance, or says what is wrong with the file. */
    public static Provenance read(Path file) {
        try {
            return new Provenance(CsvFile.read(file, Provenance::entry).stream()
                    .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
        } catch (IllegalArgumentException | IllegalStateException e) {
            throw new UserError(
                    file + " is no provenance of a run: " + e.getMessage() + "; run the benchmarks again", e);
        }
    }

    /** Writes one line per fact. */
    public void write(Path file) {
        CsvFile.write(
                file,
                HEADER,
                facts.entrySet().stream()
                        .<List<?>>map(fact -> List.of(fact.getKey().key(), fact.getValue()))
                        .toList());
    }

    /** The value of one fact. */
    public String get(Fact fact) {
        return facts.getOrDefault(fact, "");
    }

    private static Map.Entry<Fact, String> entry(CSVRecord row) {
        return Map.entry(Fact.valueOf(row.get("key").toUpperCase(Locale.ROOT)), row.get("value"));
    }
}
