package dev.infermark.cli.regress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.cli.Infermark;
import dev.infermark.jmh.JmhFixture;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegressCommandTest {
    private static final double[] BASE = {100, 101, 99, 100.5, 99.5};

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        String[] all = Stream.concat(Stream.of("regress"), Arrays.stream(arguments).map(String::valueOf))
                .toArray(String[]::new);
        return Infermark.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    }

    private Path results(String name, double factor) {
        return new JmhFixture()
                .benchmark("a.B.c", Arrays.stream(BASE).map(v -> v * factor).toArray())
                .write(folder.resolve(name));
    }

    private Path history(int runs, int changedFrom) throws IOException {
        String rows = IntStream.range(0, runs)
                .mapToObj(i -> "a.B," + i + "," + ((i < changedFrom ? 100 : 110) + i * 7 % 5) + ",ns/op,c" + i)
                .collect(Collectors.joining("\n"));
        return Files.writeString(folder.resolve("history.csv"), "benchmark,run,value,unit,commit\n" + rows + "\n");
    }

    @Test
    void gateEndsWithZeroOneAndThree() {
        Path base = results("a.json", 1);
        Path noisy = new JmhFixture().benchmark("a.B.c", 80, 120, 130).write(folder.resolve("n.json"));

        assertEquals(0, run("gate", "--baseline", base, "--candidate", results("b.json", 1.001)));
        assertEquals(1, run("gate", "--baseline", base, "--candidate", results("b.json", 1.2)));
        assertTrue(out.toString().contains("REGRESSED"), out::toString);
        assertEquals(3, run("gate", "--baseline", base, "--candidate", noisy));
        assertTrue(out.toString().contains("forks per side"), out::toString);
    }

    @Test
    void gateEndsWithTwoOnRefusalAndFourOnABrokenRunInOneLine() throws IOException {
        Path base = results("a.json", 1);
        Path other = new JmhFixture().jdk("24").benchmark("a.B.c", BASE).write(folder.resolve("o.json"));
        Path empty = Files.writeString(folder.resolve("empty.json"), "");

        assertEquals(2, run("gate", "--baseline", base, "--candidate", other));
        assertTrue(err.toString().contains("--allow jdk"), err::toString);
        assertEquals(1, err.toString().lines().count());
        assertEquals(0, run("gate", "--baseline", base, "--candidate", other, "--allow", "jdk,vm"));
        assertEquals(4, run("gate", "--baseline", base, "--candidate", empty));
        assertEquals(1, err.toString().lines().count());
        assertEquals(2, run("gate", "--baseline", base));
    }

    @Test
    void gateRefusesAThresholdInPercent() {
        Path base = results("a.json", 1);

        assertEquals(2, run("gate", "--baseline", base, "--candidate", base, "--threshold", "-1"));
        assertTrue(err.toString().contains("--threshold -1.0: give percent"), err::toString);
        assertEquals(2, run("gate", "--baseline", base, "--candidate", base, "--threshold", "100"));
    }

    @Test
    void gateRefusesAFolder() {
        assertEquals(2, run("gate", "--baseline", results("a.json", 1), "--candidate", folder));
        assertTrue(err.toString().contains("it is a folder; name a file"), err::toString);
    }

    @Test
    void gateTellsWhatOnlyOneSideHas() throws IOException {
        JmhFixture before = new JmhFixture().benchmark("a.B.c", BASE).benchmark("a.B.old", BASE);
        JmhFixture after = new JmhFixture().benchmark("a.B.c", BASE).benchmark("a.B.new", BASE);
        Path base = before.write(folder.resolve("a.json"));
        Path now = after.write(folder.resolve("b.json"));
        Path page = folder.resolve("page.md");

        int status = run("gate", "--baseline", base, "--candidate", now, "--allow", "benchmarks", "--markdown", page);

        assertEquals(0, status);
        for (String told : List.of(out.toString(), err.toString(), Files.readString(page))) {
            assertTrue(told.contains("a.B.old:avgt is only in the baseline"), told);
            assertTrue(told.contains("a.B.new:avgt is only in the candidate"), told);
        }
    }

    @Test
    void gateWritesEveryFileItIsAskedFor() throws IOException {
        Path page = folder.resolve("o/page.md");
        Path comment = folder.resolve("o/comment.md");
        Path xml = folder.resolve("o/junit.xml");
        Path csv = folder.resolve("o/gate.csv");

        run("gate", "--baseline", results("a.json", 1), "--candidate", results("b.json", 1.2), "--markdown", page,
                "--comment", comment, "--junit", xml, "--csv", csv, "--format", "json");

        assertTrue(out.toString().startsWith("{"), out::toString);
        assertTrue(Files.readString(page).contains("| REGRESSED | a.B.c:avgt |"));
        assertTrue(Files.readString(comment).contains("| REGRESSED | a.B.c:avgt |"));
        assertTrue(Files.readString(xml).contains("<failure"));
        assertTrue(Files.readString(csv).startsWith("benchmark,unit,direction,verdict,baseline,candidate,change"));
    }

    @Test
    void historyPrintsOneLinePerChangeAndTheSameAgain() throws IOException {
        Path file = history(60, 30);

        assertEquals(1, run("history", "--file", file, "--format", "csv"));
        String first = out.toString();
        run("history", "--file", file, "--format", "csv");

        List<String> lines = first.lines().toList();
        assertEquals("benchmark,run,before,after,change,lower,upper,p,kind,last_run,told_at", lines.getFirst());
        assertTrue(lines.get(1).startsWith("a.B,30,"), first);
        assertEquals(2, lines.size());
        assertEquals(first, out.toString());
    }

    @Test
    void historyShowsOnlyWhatIsAskedFor() throws IOException {
        Path file = history(60, 30);

        assertEquals(0, run("history", "--file", file, "--since", "31"));
        assertEquals(1, run("history", "--file", file, "--since", "30"));
        assertTrue(out.toString().contains("1 benchmark: 1 regression, 0 improvements"), out::toString);
        assertEquals(0, run("history", "--file", file, "--min-change", "20"));
        assertEquals(2, run("history", "--file", file, "--min-change", "-1"));
        assertTrue(err.toString().contains("--min-change -1"), err::toString);
        assertEquals(2, run("history", "--file", file, "--min-change", "NaN"));
        assertEquals(2, run("history", "--file", file, "--since", "x"));
        assertEquals(2, run("history", "--file", file, "--benchmark", "none"));
        assertEquals(3, run("history", "--file", history(5, 3)));
        assertEquals(2, run("history", "--file", folder.resolve("missing.csv")));
    }

    @Test
    void historyDrawsWhatChanged() throws IOException {
        run("history", "--file", history(60, 30), "--plots", folder.resolve("plots"));

        assertTrue(Files.size(folder.resolve("plots/a.B.png")) > 1000);
    }

    @Test
    void historyDrawsEveryBenchmarkInAFileOfItsOwn() throws IOException {
        String one = Files.readString(history(60, 30));
        String other = one.substring(one.indexOf('\n') + 1);
        Path file = Files.writeString(
                folder.resolve("same.csv"),
                one.replace("a.B,", "a B,") + other.replace("a.B,", "a:B,") + other.replace("a.B,", "A/B,"));

        run("history", "--file", file, "--plots", folder.resolve("plots"));

        try (Stream<Path> plots = Files.list(folder.resolve("plots"))) {
            assertEquals(
                    List.of("A_B.png", "a_B-2.png", "a_B-3.png"),
                    plots.map(p -> p.getFileName().toString()).sorted().toList());
        }
    }

    @Test
    void historyTakesInRunsAndFindsThemAgain() {
        Path file = folder.resolve("h.csv");

        assertEquals(0, run("history", "append", "--file", file, "--results", results("a.json", 1), "--run", 1));
        assertEquals(3, run("history", "--file", file));
        assertTrue(err.toString().contains("each run counts once"), err::toString);
    }

    @Test
    void historyTakesInNoRunThatItCouldNotReadAgain() {
        Path file = folder.resolve("h.csv");
        Object[] append = {"history", "append", "--file", file, "--results", results("a.json", 1)};

        assertEquals(2, run(more(append, "--run", 1, "--time", "nonsense")));
        assertTrue(err.toString().contains("--time: 'nonsense' is no time"), err::toString);
        assertEquals(2, run(more(append, "--run", "")));
        assertEquals(2, run(more(append, "--run", " ")));
        assertTrue(err.toString().contains("--run 17"), err::toString);
        assertFalse(Files.exists(file));
        assertEquals(0, run(more(append, "--run", 1, "--time", "2026-01-31T12:00:00+01:00")));
    }

    private static Object[] more(Object[] arguments, Object... more) {
        return Stream.concat(Arrays.stream(arguments), Arrays.stream(more)).toArray();
    }

    @Test
    void predictionsAreCheckedAndAccepted() throws IOException {
        Path golden = folder.resolve("golden.csv");
        Path now = Files.writeString(folder.resolve("now.csv"), "model,ms,published\nbert,2,1.9\n");
        Object[] columns = {"--golden", golden, "--current", now, "--key", "model", "--value", "ms", "--published",
            "published"};

        assertEquals(2, run(with("accept", columns)));
        assertEquals(0, run(with("accept", columns, "--model-version", "1")));
        assertEquals(0, run(with("check", columns)));
        Files.writeString(now, "model,ms,published,model_version\nbert,2.1,1.9,2\n");
        assertEquals(1, run(with("check", columns)));
        assertTrue(out.toString().contains("+10.5 %") && out.toString().contains("model 1 → 2"), out::toString);
        assertEquals(0, run(with("accept", columns)));
        assertEquals("model,ms,published,model_version\nbert,2.1,1.9,2\n", Files.readString(golden));
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "nan", "-Infinity", "inf"})
    void predictionsThatAreNoNumbersAreRefused(String text) throws IOException {
        Path golden = Files.writeString(folder.resolve("golden.csv"), "model,ms,model_version\nbert,2,1\n");
        Path now = Files.writeString(folder.resolve("now.csv"), "model,ms,model_version\nbert," + text + ",1\n");
        Object[] columns = {"--golden", golden, "--current", now, "--key", "model", "--value", "ms"};

        assertEquals(2, run(with("accept", columns)));
        assertEquals("model,ms,model_version\nbert,2,1\n", Files.readString(golden));
        assertEquals(2, run(with("check", columns)));
        assertTrue(err.toString().contains("ms of bert is " + text), err::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"NaN", "Infinity"})
    void publishedValuesThatAreNoNumbersAreRefused(String text) throws IOException {
        Path golden = Files.writeString(folder.resolve("golden.csv"), "model,ms,seen\nbert,2," + text + "\n");
        Path now = Files.writeString(folder.resolve("now.csv"), "model,ms,seen\nbert,3,2\n");
        Object[] columns = {"--golden", golden, "--current", now, "--key", "model", "--value", "ms"};

        assertEquals(2, run(with("check", columns, "--published", "seen")));
        assertTrue(err.toString().contains("seen of bert is " + text), err::toString);
    }

    @Test
    void predictionsThatChangedAppearedOrWentAreCountedAndAVersionIsTold() throws IOException {
        Path golden = Files.writeString(folder.resolve("golden.csv"), "model,ms,model_version\na,2,1\nb,3,1\n");
        Path now = Files.writeString(folder.resolve("now.csv"), "model,ms,model_version\nc,2,1\n");
        Object[] columns = {"--golden", golden, "--current", now, "--key", "model", "--value", "ms"};

        assertEquals(1, run(with("check", columns)));
        assertTrue(out.toString().contains("2 committed predictions 0 changed, 2 are gone; 1 are new"), out::toString);
        Files.writeString(now, "model,ms,model_version\na,2,2\nb,3,2\n");
        assertEquals(0, run(with("check", columns)));
        assertTrue(out.toString().contains("the model's version alone changed"), out::toString);
        Files.writeString(now, Files.readString(golden));
        assertEquals(0, run(with("check", columns)));
        assertFalse(out.toString().contains("alone changed"), out::toString);
    }

    private static Object[] with(String command, Object[] columns, Object... more) {
        return Stream.of(Stream.of("predictions", command), Arrays.stream(columns), Arrays.stream(more))
                .flatMap(s -> s)
                .toArray();
    }

    @Test
    void evaluateComparesOurRuleWithOthersOnAFolder() throws IOException {
        JmhFixture results = new JmhFixture();
        for (int i = 0; i < 10; i++) {
            results.benchmark("a.B.m" + i, 1, 1.01, 0.99, 1.02, 0.98, 1.005, 0.995, 1.015, 0.985, 1 + i * 1e-3);
        }
        results.write(folder.resolve("jmh.json"));
        Files.writeString(folder.resolve("broken.json"), "[");

        assertEquals(0, run("evaluate", folder, "--suites", 5, "--histories", 10, "--format", "csv"));
        for (String rule : List.of("ours", "mean > 5 %", "JMH intervals apart", "never alarms")) {
            assertTrue(out.toString().contains(rule), out::toString);
        }
        assertTrue(err.toString().contains("left out"), err::toString);
        assertEquals(2, run("evaluate", folder, "--forks", 6));
        assertEquals(2, run("evaluate", folder, "--suites", 0));
    }

    @Test
    void abRefusesMissingJarsAndSingleForks() {
        Path jar = folder.resolve("none.jar");

        assertEquals(2, run("ab", "--baseline-jar", jar, "--candidate-jar", jar));
        assertEquals(2, run("ab", "--baseline-jar", jar, "--candidate-jar", jar, "--forks", 1));
        assertFalse(Files.exists(folder.resolve("results")));
    }

    @Test
    void gateRefusesOneRunOnBothSides() {
        Path base = results("a.json", 1);

        assertEquals(2, run("gate", "--baseline", base, "--candidate", base));
    }

    @Test
    void evaluateRefusesSidesWithoutForks() {
        results("a.json", 1);

        assertEquals(2, run("evaluate", folder, "--forks", "0"));
    }

    @Test
    void historyWritesOnePageWithLinksAndNothingOfTheNamesAsMarkup() throws IOException {
        Path file = Files.writeString(
                folder.resolve("h.csv"), Files.readString(history(60, 30)).replace("a.B", "<script>x</script>"));
        Path page = folder.resolve("page.html");

        run("history", "--file", file, "--page", page, "--commit-link", "https://example.org/c/");

        String html = Files.readString(page);
        assertTrue(html.contains("href=\"https://example.org/c/c30\""), html);
        assertTrue(!html.contains("<script>x"), html);
    }

    @Test
    void aTargetThatCannotBeWrittenIsOneLineAndStatusTwo() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        int status = run(
                "gate", "--baseline", results("a.json", 1), "--candidate", results("b.json", 1.2), "--csv",
                file.resolve("gate.csv"));

        assertEquals(2, status);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    @Test
    void thePageSaysWhatNobodyRecorded() throws IOException {
        Path page = folder.resolve("page.md");

        run("gate", "--baseline", results("a.json", 1), "--candidate", results("b.json", 1.2), "--markdown", page);

        assertTrue(Files.readString(page).contains("nobody knows whether they differ: "), () -> "page");
        assertTrue(Files.readString(page).contains("cpu"), () -> "page");
    }
}
