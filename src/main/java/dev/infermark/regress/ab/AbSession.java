package dev.infermark.regress.ab;

import dev.infermark.jmh.BenchmarkKey;
import dev.infermark.jmh.BenchmarkResult;
import dev.infermark.jmh.BrokenRunException;
import dev.infermark.jmh.JmhJson;
import dev.infermark.regress.ab.AbOrder.Build;
import dev.infermark.regress.select.Side;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * The forks of two builds, measured in turns on one machine.
 *
 * @param files JMH's JSON of each fork, by build
 * @param reference the reference benchmark's time before each fork, by build, in nanoseconds
 */
public record AbSession(Map<Build, List<Path>> files, Map<Build, List<Double>> reference) {

    /** Copies files and times. */
    public AbSession {
        files = Map.copyOf(files);
        reference = Map.copyOf(reference);
    }

    /**
     * Runs all forks; refuses a fork in which a benchmark of an earlier fork of its build is missing.
     *
     * @param forks forks of each build
     * @param progress told what runs next
     */
    public static AbSession run(ForkLauncher launcher, int forks, Consumer<String> progress) {
        Map<Build, List<Path>> files = new EnumMap<>(Build.class);
        Map<Build, List<Double>> reference = new EnumMap<>(Build.class);
        Map<Build, Set<BenchmarkKey>> expected = new EnumMap<>(Build.class);
        List<Build> order = AbOrder.interleaved(forks);
        for (int i = 0; i < order.size(); i++) {
            Build build = order.get(i);
            List<Path> done = files.computeIfAbsent(build, _ -> new ArrayList<>());
            progress.accept("fork %d of %d: %s".formatted(i + 1, order.size(), build.label()));
            reference.computeIfAbsent(build, _ -> new ArrayList<>()).add(launcher.reference());
            Path json = launcher.benchmark(build, done.size() + 1);
            Set<BenchmarkKey> keys =
                    JmhJson.read(json).stream().map(BenchmarkResult::key).collect(Collectors.toSet());
            TreeSet<BenchmarkKey> vanished = new TreeSet<>(expected.computeIfAbsent(build, _ -> keys));
            vanished.removeAll(keys);
            if (!vanished.isEmpty()) {
                throw new BrokenRunException(json + " lacks " + vanished.first().label()
                        + ", which an earlier fork had: it failed; see the log beside it");
            }
            done.add(json);
        }
        return new AbSession(files, reference);
    }

    /** All forks of one build. */
    public Side side(Build build) {
        return Side.read(build.label(), files.getOrDefault(build, List.of()));
    }

    /** Slowest against fastest reference benchmark: how much the machine's speed moved during the session. */
    public double range() {
        double[] times = reference.values().stream()
                .flatMap(List::stream)
                .mapToDouble(Double::doubleValue)
                .sorted()
                .toArray();
        return times[times.length - 1] / times[0] - 1;
    }

    /** How much slower the machine was, on average, before the candidate's forks than before the baseline's. */
    public double bias() {
        return Math.exp(level(Build.CANDIDATE) - level(Build.BASELINE)) - 1;
    }

    private double level(Build build) {
        return reference.getOrDefault(build, List.of()).stream()
                .mapToDouble(Math::log)
                .average()
                .orElse(0);
    }
}
