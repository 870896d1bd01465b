package dev.infermark.bench.run;

import dev.infermark.base.UserError;
import dev.infermark.bench.OperatorExample;
import dev.infermark.bench.peer.Peer;
import dev.infermark.bench.result.BenchmarkId;
import dev.infermark.kernel.gpsimd.CustomOperators;
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
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * The rows that a run must deliver: JMH's list of benchmarks, each with every choice of its parameters.
 *
 * <p>JMH knows one benchmark of custom operators, whose parameter names the operator; here each operator
 * counts as a benchmark of its own. Every benchmark of a peer measures that peer alone, and is left out
 * where this host does not have it.
 *
 * @param rows what is measured, in this order
 * @param absences one line for each peer that is left out because this host does not have it
 */
public record BenchmarkPlan(List<PlannedRow> rows, List<String> absences) {
    /** The regular expression that every benchmark's name matches. */
    public static final String ALL = ".*";

    /** Copies the lists. */
    public BenchmarkPlan {
        rows = List.copyOf(rows);
        absences = List.copyOf(absences);
    }

    /** The rows of the benchmarks whose name the regular expression is found in; refuses to plan nothing. */
    public static List<BenchmarkId> matching(String regex, CustomOperators operators) {
        return of(regex, operators).ids();
    }

    /** The plan of the benchmarks whose name the regular expression is found in; refuses to plan nothing. */
    static BenchmarkPlan of(String regex, CustomOperators operators) {
        return of(regex, operators, Peer::absence);
    }

    /** The plan on a host that has all peers but those for which a line says that it has not. */
    static BenchmarkPlan of(String regex, CustomOperators operators, Function<Peer, Optional<String>> absence) {
        Pattern pattern = pattern(regex);
        OutputFormat silence = OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), VerboseMode.SILENT);
        List<PlannedRow> rows = new ArrayList<>();
        Set<String> absences = new TreeSet<>();
        for (BenchmarkListEntry entry : BenchmarkList.defaultList().find(silence, List.of(ALL), List.of())) {
            boolean all = pattern.matcher(entry.getUsername()).find();
            List<PlannedRow> matching = rows(entry, operators)
                    .filter(row -> all || pattern.matcher(row.id().benchmark()).find())
                    .toList();
            Optional<String> absent = matching.stream()
                    .flatMap(row -> Peer.named(row.id().implementation()).stream())
                    .flatMap(peer -> absence.apply(peer).stream())
                    .findFirst();
            absent.ifPresent(absences::add);
            if (absent.isEmpty()) {
                rows.addAll(matching);
            }
        }
        if (rows.isEmpty() && !absences.isEmpty()) {
            throw new UserError("nothing is left to measure: " + String.join("; ", absences));
        }
        if (rows.isEmpty()) {
            throw new UserError("no benchmark matches '" + regex + "': 'infermark benchmarks -l' lists them");
        }
        rows.sort(PlannedRow.COMPARED_TOGETHER);
        return new BenchmarkPlan(rows, List.copyOf(absences));
    }

    /** The part that a profile measures. */
    BenchmarkPlan chosenBy(BenchmarkProfile profile) {
        return new BenchmarkPlan(
                rows.stream().filter(row -> profile.measures(row.id())).toList(), absences);
    }

    /** What the rows measure. */
    List<BenchmarkId> ids() {
        return rows.stream().map(PlannedRow::id).toList();
    }

    private static Pattern pattern(String regex) {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException e) {
            throw new UserError("'" + regex + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    private static Stream<PlannedRow> rows(BenchmarkListEntry entry, CustomOperators operators) {
        Map<String, String[]> parameters = new HashMap<>(entry.getParams().orElse(Map.of()));
        if (parameters.containsKey(OperatorExample.PARAMETER)) {
            parameters.put(
                    OperatorExample.PARAMETER, OperatorExample.parameters(operators).toArray(String[]::new));
        }
        Stream<Map<String, String>> choices = Stream.of(Map.of());
        for (Map.Entry<String, String[]> parameter : parameters.entrySet()) {
            choices = choices.flatMap(
                    choice -> Stream.of(parameter.getValue()).map(value -> with(choice, parameter.getKey(), value)));
        }
        return choices.map(choice -> new PlannedRow(
                BenchmarkId.of(entry.getUsername(), entry.getMode().shortLabel(), choice),
                entry.getUsername(),
                choice));
    }

    private static Map<String, String> with(Map<String, String> choice, String name, String value) {
        Map<String, String> more = new HashMap<>(choice);
        more.put(name, value);
        return more;
    }
}
