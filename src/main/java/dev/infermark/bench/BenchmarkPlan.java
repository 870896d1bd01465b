package dev.infermark.bench;

import dev.infermark.base.UserError;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
 * registered counts as a benchmark of its own.
 *
 * @param rows what is measured
 * @param benchmarks the names of JMH's benchmarks that measure it
 * @param operators the custom operators among it, as JMH's parameter says them
 */
public record BenchmarkPlan(List<BenchmarkId> rows, List<String> benchmarks, List<String> operators) {
    /** The regular expression that every benchmark's name matches. */
    public static final String ALL = ".*";

    /** Copies the lists. */
    public BenchmarkPlan {
        rows = List.copyOf(rows);
        benchmarks = List.copyOf(benchmarks);
        operators = List.copyOf(operators);
    }

    /** The rows of the benchmarks whose name the regular expression is found in; refuses to plan nothing. */
    public static List<BenchmarkId> matching(String regex) {
        return of(regex).rows();
    }

    /** The plan of the benchmarks whose name the regular expression is found in; refuses to plan nothing. */
    static BenchmarkPlan of(String regex) {
        Pattern pattern = pattern(regex);
        OutputFormat silence = OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), VerboseMode.SILENT);
        List<BenchmarkId> rows = new ArrayList<>();
        List<String> benchmarks = new ArrayList<>();
        List<String> operators = new ArrayList<>();
        for (BenchmarkListEntry entry : BenchmarkList.defaultList().find(silence, List.of(ALL), List.of())) {
            boolean all = pattern.matcher(entry.getUsername()).find();
            List<BenchmarkId> matching = rows(entry)
                    .filter(row -> all || pattern.matcher(row.benchmark()).find())
                    .toList();
            if (!matching.isEmpty()) {
                rows.addAll(matching);
                benchmarks.add(entry.getUsername());
                if (hasOperators(entry)) {
                    matching.stream().map(OperatorExample::parameter).distinct().forEach(operators::add);
                }
            }
        }
        if (rows.isEmpty()) {
            throw new UserError("no benchmark matches '" + regex + "': 'infermark benchmarks -l' lists them");
        }
        return new BenchmarkPlan(rows, benchmarks, operators);
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
