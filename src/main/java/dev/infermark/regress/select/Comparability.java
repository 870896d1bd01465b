package dev.infermark.regress.select;

import dev.infermark.base.UserError;
import dev.infermark.jmh.BenchmarkKey;
import dev.infermark.jmh.BenchmarkResult;
import dev.infermark.jmh.BrokenRunException;
import dev.infermark.jmh.Environment.Aspect;
import dev.infermark.jmh.TimeUnits;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Whether two sides may be compared at all, and which pairs of results remain where the user allows a difference. */
public final class Comparability {
    /** Benchmarks that only one side has. */
    public static final String BENCHMARKS = "benchmarks";
    /** Benchmarks that both sides have, with other parameters or in another mode. */
    public static final String PARAMETERS = "parameters";

    private static final int SHOWN = 3;

    private Comparability() {}

    /** Every name that may be allowed. */
    public static List<String> names() {
        return Stream.concat(Stream.of(BENCHMARKS, PARAMETERS), Arrays.stream(Aspect.values()).map(Aspect::label))
                .toList();
    }

    /**
     * The same benchmark on both sides.
     *
     * @param baseline the result before the change
     * @param candidate the result after it, in the baseline's unit
     */
    public record Pair(BenchmarkResult baseline, BenchmarkResult candidate) {}

    /** All differences between two sides; the result is empty where they may be compared. */
    public static List<Difference> differences(Side baseline, Side candidate) {
        List<Difference> found = new ArrayList<>();
        sets(baseline, candidate, found);
        for (Aspect aspect : Aspect.values()) {
            aspect(aspect, baseline, candidate).ifPresent(found::add);
        }
        return List.copyOf(found);
    }

    /**
     * The pairs that both sides have; refuses differences that are not allowed, and units that do not convert.
     *
     * @throws BrokenRunException where the candidate lacks what the baseline has, and that is not allowed
     */
    public static List<Pair> pair(Side baseline, Side candidate, Set<String> allowed) {
        for (String name : allowed) {
            if (!names().contains(name)) {
                throw new UserError(
                        "--allow " + name + ": no such difference; choose of " + String.join(", ", names()));
            }
        }
        refuseVanished(baseline, candidate, allowed);
        List<Pair> pairs = pairs(baseline, candidate);
        List<Difference> forbidden = differences(baseline, candidate).stream()
                .filter(difference -> !allowed.contains(difference.name()))
                .toList();
        if (!forbidden.isEmpty()) {
            throw new UserError("the two sides must not be compared: "
                    + forbidden.stream()
                            .map(d -> d.name() + " (" + d.detail() + ")")
                            .collect(Collectors.joining("; "))
                    + "; measure both alike, or accept with "
                    + forbidden.stream().map(d -> "--allow " + d.name()).collect(Collectors.joining(" ")));
        }
        if (differences(baseline, candidate).isEmpty()) {
            refuseTheSameRun(baseline, candidate);
        }
        if (pairs.isEmpty()) {
            throw new UserError("the two sides have no benchmark in common: compare runs of the same benchmarks");
        }
        return List.copyOf(pairs);
    }

    /** A run compared with itself would show that nothing changed, whatever did. */
    private static void refuseTheSameRun(Side baseline, Side candidate) {
        boolean isSame = baseline.results().keySet().equals(candidate.results().keySet())
                && baseline.results().entrySet().stream()
                        .allMatch(entry -> hasSameForks(
                                entry.getValue(), Objects.requireNonNull(candidate.results().get(entry.getKey()))));
        if (isSame) {
            throw new UserError("the candidate holds the same forks as the baseline, so there is nothing to compare:"
                    + " name the results of two runs");
        }
    }

    private static boolean hasSameForks(BenchmarkResult a, BenchmarkResult b) {
        return a.forks().size() == b.forks().size()
                && IntStream.range(0, a.forks().size())
                        .allMatch(i -> Arrays.equals(a.forks().get(i), b.forks().get(i)));
    }

    private static void refuseVanished(Side baseline, Side candidate, Set<String> allowed) {
        Map<String, Set<String>> vanished = only(baseline, candidate);
        vanished.keySet().removeAll(allowed);
        if (!vanished.isEmpty()) {
            List<String> rows = vanished.values().stream().flatMap(Set::stream).toList();
            throw new BrokenRunException(some(rows) + ": the " + candidate.name()
                    + "'s run is broken; run its benchmarks again, or accept with "
                    + vanished.keySet().stream().map(name -> "--allow " + name).collect(Collectors.joining(" ")));
        }
    }

    private static List<Pair> pairs(Side baseline, Side candidate) {
        List<Pair> pairs = new ArrayList<>();
        baseline.results().forEach((key, before) -> {
            BenchmarkResult after = candidate.results().get(key);
            if (after != null) {
                pairs.add(new Pair(before, converted(after, before.unit())));
            }
        });
        return pairs;
    }

    private static BenchmarkResult converted(BenchmarkResult result, String unit) {
        OptionalDouble factor = TimeUnits.factor(result.unit(), unit);
        if (factor.isEmpty()) {
            throw new UserError("the units '%s' and '%s' of %s do not convert: measure both sides in the same unit"
                    .formatted(unit, result.unit(), result.key().label()));
        }
        return result.scaled(factor.getAsDouble(), unit);
    }

    /** What only one side has, so that it is not compared, in the words of {@link #differences}. */
    public static List<String> notCompared(Side baseline, Side candidate) {
        return Stream.of(only(baseline, candidate), only(candidate, baseline))
                .flatMap(keys -> keys.values().stream().flatMap(Set::stream))
                .sorted()
                .toList();
    }

    /** The names of what neither side recorded, so that no difference in it can be seen. */
    public static List<String> unrecorded(Side baseline, Side candidate) {
        return Arrays.stream(Aspect.values())
                .filter(aspect -> aspect != Aspect.JVM_ARGS)
                .filter(aspect -> Stream.of(baseline, candidate)
                        .flatMap(side -> side.results().values().stream())
                        .noneMatch(result -> result.environment().get(aspect).isPresent()))
                .map(Aspect::label)
                .toList();
    }

    private static void sets(Side baseline, Side candidate, List<Difference> found) {
        Map<String, Set<String>> gone = only(baseline, candidate);
        Map<String, Set<String>> added = only(candidate, baseline);
        for (String name : List.of(BENCHMARKS, PARAMETERS)) {
            Set<String> both = new TreeSet<>(gone.getOrDefault(name, Set.of()));
            both.addAll(added.getOrDefault(name, Set.of()));
            if (!both.isEmpty()) {
                found.add(new Difference(name, some(both)));
            }
        }
    }

    /** What one side alone has, by the name that allows it. */
    private static Map<String, Set<String>> only(Side here, Side there) {
        Map<String, Set<String>> found = new TreeMap<>();
        Set<String> names =
                there.results().keySet().stream().map(BenchmarkKey::benchmark).collect(Collectors.toSet());
        for (BenchmarkKey key : here.results().keySet()) {
            if (!there.results().containsKey(key)) {
                found.computeIfAbsent(names.contains(key.benchmark()) ? PARAMETERS : BENCHMARKS, _ -> new TreeSet<>())
                        .add(key.label() + " is only in the " + here.name());
            }
        }
        return found;
    }

    private static Optional<Difference> aspect(Aspect aspect, Side baseline, Side candidate) {
        TreeMap<String, String> differing = new TreeMap<>();
        baseline.results().forEach((key, before) -> {
            BenchmarkResult after = candidate.results().get(key);
            if (after != null) {
                String a = before.environment().get(aspect).orElse("not recorded");
                String b = after.environment().get(aspect).orElse("not recorded");
                if (!a.equals(b)) {
                    differing.putIfAbsent("'%s' against '%s'".formatted(a, b), key.label());
                }
            }
        });
        return differing.isEmpty()
                ? Optional.empty()
                : Optional.of(new Difference(aspect.label(), some(differing.keySet())));
    }

    /** The first few of many, and how many more there are. */
    public static String some(Collection<String> items) {
        String shown = items.stream().limit(SHOWN).collect(Collectors.joining(", "));
        return items.size() <= SHOWN ? shown : shown + " and %,d more".formatted(items.size() - SHOWN);
    }
}
