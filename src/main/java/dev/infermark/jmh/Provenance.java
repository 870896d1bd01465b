package dev.infermark.jmh;

import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.csv.CsvWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where, when and how a run was measured; {@code provenance.csv} holds one line per fact.
 *
 * @param facts those recorded, in the order of {@link Fact}
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
        /** The processor's generation, with family, model and stepping; runs of earlier versions lack it. */
        CPU_MODEL,
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

    /** Drops blank facts and puts the others in order. */
    public Provenance {
        Map<Fact, String> known = new EnumMap<>(Fact.class);
        facts.forEach((fact, value) -> {
            if (!value.isBlank()) {
                known.put(fact, value.strip());
            }
        });
        facts = Collections.unmodifiableMap(known);
    }

    /** Reads a run's provenance; lines that no fact is known for, such as a user's own, are skipped. */
    public static Provenance read(Path file) {
        Map<String, Fact> known =
                Arrays.stream(Fact.values()).collect(Collectors.toMap(Fact::key, Function.identity()));
        Map<Fact, String> facts = new EnumMap<>(Fact.class);
        for (CsvRow row : CsvReader.rows(file, HEADER)) {
            Fact fact = known.get(row.text("key").toLowerCase(Locale.ROOT));
            if (fact != null && facts.put(fact, row.text("value")) != null) {
                throw new UserError(row.place() + ": " + fact.key() + " is there twice; remove one");
            }
        }
        return new Provenance(facts);
    }

    /** Reads the record of a run of the project's own; one that lacks a fact is refused. */
    public static Provenance readWhole(Path file) {
        Provenance provenance = read(file);
        for (Fact fact : Fact.values()) {
            if (fact != Fact.CPU_MODEL && provenance.get(fact).isEmpty()) {
                throw new UserError(
                        file + " is no provenance of a run: no " + fact.key() + "; run the benchmarks again");
            }
        }
        return provenance;
    }

    /** What {@code NAME-provenance.csv} or {@code provenance.csv} beside JMH's JSON tells; no fact where neither is. */
    public static Provenance beside(Path json) {
        String name = String.valueOf(json.getFileName()).replaceFirst("\\.json$", "");
        return Stream.of(name + "-provenance.csv", "provenance.csv")
                .map(json::resolveSibling)
                .filter(Files::isRegularFile)
                .findFirst()
                .map(Provenance::read)
                .orElse(new Provenance(Map.of()));
    }

    /** Writes one line per fact. */
    public void write(Path file) {
        CsvWriter.write(
                file,
                HEADER,
                facts.entrySet().stream()
                        .map(fact -> List.of(fact.getKey().key(), fact.getValue()))
                        .toList());
    }

    /** The value of one fact, {@code ""} where it was not recorded. */
    public String get(Fact fact) {
        return facts.getOrDefault(fact, "");
    }
}
