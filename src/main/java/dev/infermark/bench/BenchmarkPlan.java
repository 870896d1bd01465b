package dev.infermark.bench;

import dev.infermark.base.UserError;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.PatternSyntaxException;
import java.util.stream.Stream;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;
import org.openjdk.jmh.runner.format.OutputFormat;
import org.openjdk.jmh.runner.format.OutputFormatFactory;
import org.openjdk.jmh.runner.options.VerboseMode;

/** The rows that a run must deliver: JMH's list of benchmarks, each with every choice of its parameters. */
public final class BenchmarkPlan {
    /** The regular expression that every benchmark's name matches. */
    public static final String ALL = ".*";

    private BenchmarkPlan() {}

    /** The rows of the benchmarks whose name the regular expression is found in; refuses to plan nothing. */
    public static List<BenchmarkId> matching(String regex) {
        OutputFormat silence = OutputFormatFactory.createFormatInstance(
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8), VerboseMode.SILENT);
        try {
            List<BenchmarkId> rows = BenchmarkList.defaultList().find(silence, List.of(regex), List.of()).stream()
                    .flatMap(BenchmarkPlan::rows)
                    .toList();
            if (rows.isEmpty()) {
                throw new UserError("no benchmark matches '" + regex + "': 'infermark benchmarks -l' lists them");
            }
            return rows;
        } catch (PatternSyntaxException e) {
            throw new UserError("'" + regex + "' is no regular expression: " + e.getDescription(), e);
        }
    }

    private static Stream<BenchmarkId> rows(BenchmarkListEntry entry) {
        Stream<Map<String, String>> choices = Stream.of(Map.of());
        for (Map.Entry<String, String[]> parameter : entry.getParams().orElse(Map.of()).entrySet()) {
            choices = choices.flatMap(
                    choice -> Stream.of(parameter.getValue()).map(value -> with(choice, parameter.getKey(), value)));
        }
        return choices.map(
                choice -> BenchmarkId.of(entry.getUsername(), entry.getMode().shortLabel(), choice));
    }

    private static Map<String, String> with(Map<String, String> choice, String name, String value) {
        Map<String, String> more = new HashMap<>(choice);
        more.put(name, value);
        return more;
    }
}
