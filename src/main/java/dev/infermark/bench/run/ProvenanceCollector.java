package dev.infermark.bench.run;

import dev.infermark.bench.peer.Peer;
import dev.infermark.jmh.Provenance;
import dev.infermark.jmh.Provenance.Fact;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.openjdk.jmh.infra.BenchmarkParams;

/** Gathers a run's provenance: from JMH what it did, from the host what it is. */
final class ProvenanceCollector {
    private static final String BLACKHOLE = "# Blackhole mode: ";

    private ProvenanceCollector() {}

    /** The facts of a run of the profile, with JMH's parameters of any of its rows and JMH's log. */
    static Provenance collect(
            BenchmarkProfile profile, OptionalInt core, Instant start, BenchmarkParams params, String log) {
        Map<Fact, String> facts = new EnumMap<>(Fact.class);
        facts.put(Fact.PROFILE, profile.label());
        facts.put(Fact.FORKS, String.valueOf(params.getForks()));
        facts.put(Fact.WARMUP, profile.warmup());
        facts.put(Fact.MEASUREMENT, profile.measurement());
        facts.put(Fact.DATE, start.truncatedTo(ChronoUnit.SECONDS).toString());
        facts.put(Fact.COMMIT, Host.commit());
        facts.put(Fact.TREE, Host.tree());
        facts.put(Fact.JMH, params.getJmhVersion());
        facts.put(Fact.JDK, params.getJdkVersion());
        facts.put(Fact.VM, params.getVmName() + " " + params.getVmVersion());
        facts.put(Fact.VM_FLAGS, String.join(" ", params.getJvmArgs()));
        facts.put(Fact.GC, ForkJvm.COLLECTOR);
        facts.put(Fact.BLACKHOLE, blackhole(log));
        facts.put(
                Fact.PEERS,
                Stream.of(Peer.values()).map(ProvenanceCollector::peer).collect(Collectors.joining(", ")));
        facts.put(
                Fact.PINNED,
                core.isEmpty()
                        ? "no"
                        : "core " + core.getAsInt() + ", for two threads " + PinnedForks.cores(core.getAsInt(), 2));
        facts.put(Fact.CPU, Host.cpu());
        facts.put(Fact.CPU_MODEL, Host.cpuModel());
        facts.put(Fact.LOGICAL_CORES, String.valueOf(Runtime.getRuntime().availableProcessors()));
        facts.put(Fact.KERNEL, System.getProperty("os.name") + " " + System.getProperty("os.version"));
        facts.put(Fact.OS, Host.operatingSystem());
        return new Provenance(facts);
    }

    private static String peer(Peer peer) {
        return peer.label() + " " + (peer.absence().isEmpty() ? peer.version() : "absent");
    }

    /** JMH chooses the mode by itself and tells it nowhere but in its log, followed by how to change it. */
    private static String blackhole(String log) {
        return log.lines()
                .filter(line -> line.startsWith(BLACKHOLE))
                .map(line -> line.substring(BLACKHOLE.length()).replaceFirst(" \\(.*", ""))
                .findFirst()
                .orElse("unknown");
    }
}
