package dev.infermark.bench;

import dev.infermark.base.UserError;
import dev.infermark.bench.peer.Peer;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The rows that a run must deliver: JMH's list of benchmarks, each with every choice of its parameters.
 *
 * <p>JMH knows one benchmark of custom operators, whose parameter names the operator; here each operator that is
 * registered counts as a benchmark of its own. Every benchmark of a peer measures that peer alone, and is left out
 * where this host does not have it.
 *
 * @param rows what is measured
 * @param benchmarks the names of JMH's benchmarks that measure it
 * @param operators the custom operators among it, as JMH's parameter says them
 * @param absences one line for each peer that is left out because this host does not have it
 */
public record BenchmarkPlan(
        List<BenchmarkId> rows, List<String> benchmarks, List<String> operators, List<String> absences) {
    /** The regular expression that every benchmark's name matches. */
    public static final String ALL = ".*";

    /** Copies the lists. */
    public BenchmarkPlan {
        rows = List.copyOf(rows);
        benchmarks = List.copyOf(benchmarks);
        operators = List.copyOf(operators);
        absences = List.copyOf(absences);
    }

    /** The rows of the benchmarks whose name the regular expression is found in; refuses to plan nothing. */
    public static List<BenchmarkId> matching(String regex) {
        return of(regex).rows();
    }

    /** The plan of the benchmarks whose name the regular expression is found in; refuses to plan nothing. */
    static BenchmarkPlan of(String regex) {
        return of(regex, Peer::absence);
    }

    /** The plan on a host that has all peers but those for which a line says that it has not. */
    static BenchmarkPlan of(String regex, Function<Peer, Optional<String>> absence) {
        Pattern pattern = pattern(regex);
        OutputFormat silence = OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), VerboseMode.SILENT);
        List<BenchmarkId> rows = new ArrayList<>();
        List<String> benchmarks = new ArrayList<>();
        List<String> operators = new ArrayList<>();
        Set<String> absences = new TreeSet<>();
        for (BenchmarkListEntry entry : BenchmarkList.defaultList().find(silence, List.of(ALL), List.of())) {
            boolean all = pattern.matcher(entry.getUsername()).find();
            List<BenchmarkId> matching = rows(entry)
                    .filter(row -> all || pattern.matcher(row.benchmark()).find())
                    .toList();
            Optional<String> absent = matching.stream()
                    .flatMap(row -> Peer.named(row.implementation()).stream())
                    .flatMap(peer -> absence.apply(peer).stream())
                    .findFirst();
            absent.ifPresent(absences::add);
            if (!matching.isEmpty() && absent.isEmpty()) {
                rows.addAll(matching);
                benchmarks.add(entry.getUsername());
                if (hasOperators(entry)) {
                    matching.stream().map(OperatorExample::parameter).distinct().forEach(operators::add);
                }
            }
        }
        if (rows.isEmpty() && !absences.isEmpty()) {
            throw new UserError("nothing is left to measure: " + String.join("; ", absences));
        }
        if (rows.isEmpty()) {
            throw new UserError("no benchmark matches '" + regex + "': 'infermark benchmarks -l' lists them");
        }
        return new BenchmarkPlan(rows, benchmarks, operators, List.copyOf(absences));
    }

    /** Has JMH measure these rows and no others. */
    void applyTo(ChainedOptionsBuilder options) {
        for (String benchmark : benchmarks) {
            options.include("^" + Pattern.quote(benchmark) + "$");
        }
        if (!operators.isEmpty()) {
            options.param(OperatorExample.PARAMETER, operators.toArray(String[]::new));
        }
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new UserError("'" + regex + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    private static Stream<BenchmarkId> rows(BenchmarkListEntry entry) {
        Map<String, String[]> parameters = new HashMap<>(entry.getParams().orElse(Map.of()));
        if (hasOperators(entry)) {
            parameters.put(OperatorExample.PARAMETER, OperatorExample.registered().toArray(String[]::new));
        }
        Stream<Map<String, String>> choices = Stream.of(Map.of());
        for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
            choices = choices.flatMap(
                    choice -> Stream.of(parameter.getValue()).map(value -> with(choice, parameter.getKey(), value)));
        }
        return choices.map(
                choice -> BenchmarkId.of(entry.getUsername(), entry.getMode().shortLabel(), choice));
    }

    private static boolean hasOperators(BenchmarkListEntry entry) {
        return entry.getParams().orElse(Map.of()).containsKey(OperatorExample.PARAMETER);
    }

    private static Map<String, String> with(Map<String, String> choice, String name, String value) {
        Map<String, String> more = new HashMap<>(choice);
        more.put(name, value);
        return more;
    }
}
