package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** {@code scripts/infermark} in a folder of its own, with a JDK that only tells how it was called. */
@DisabledOnOs(OS.WINDOWS)
class LauncherTest {
    private static final Path SCRIPT = Path.of("scripts/infermark");
    private static final Path FLAGS = Path.of("src/main/resources/dev/infermark/jvm.args");

    @TempDir
    private Path folder;

    private Path home;

    @BeforeEach
    void build() throws IOException {
        home = project("plain");
    }

    @Test
    void givesJavaTheFlagsOfTheProjectAndABoundOfMemory() throws Exception {
        String called = start(home, Map.of(), "validate").out();
        Files.readAllLines(FLAGS).stream()
                .filter(flag -> !flag.startsWith("--add-modules"))
                .forEach(flag -> assertTrue(called.contains(flag + "\n"), () -> flag + " in\n" + called));
        assertTrue(called.contains("-Xmx768m\n"), called);
        assertTrue(start(home, Map.of("INFERMARK_MEMORY", "3g"), "validate").out().contains("-Xmx3g\n"));
    }

    @Test
    void onlyJmhItselfGetsTheVectorApiAndNoFlagThatItsForksWouldInherit() throws Exception {
        String jmh = start(home, Map.of(), "benchmarks").out();
        assertTrue(jmh.contains("--add-modules=jdk.incubator.vector\n") && !jmh.contains("-Xmx"), jmh);
        assertTrue(!start(home, Map.of(), "predict").out().contains("--add-modules"));
    }

    @Test
    void runsWithoutAHome() throws Exception {
        assertEquals(0, start(home, Map.of("HOME", ""), "models").status());
    }

    @Test
    void asksForUtf8WhereTheLocaleHasNone() throws Exception {
        assertTrue(start(home, Map.of("LANG", "C"), "models").out().contains("locale C.UTF-8\n"));
        assertTrue(start(home, Map.of("LANG", "de_DE.UTF-8"), "models").out().contains("locale \n"));
    }

    @Test
    void javaTakesThePlaceOfTheShellSoThatSignalsReachIt() throws Exception {
        Run run = start(home, Map.of(), "models");
        assertTrue(run.out().contains("pid " + run.pid() + "\n"), run::out);
        Run bench = start(home, Map.of(), "benchmarks");
        assertTrue(bench.out().contains("pid " + bench.pid() + "\n"), bench::out);
    }

    @Test
    void worksFromAFolderWithAColon() throws Exception {
        Path odd = project("a:b");
        boolean linux = Files.isDirectory(Path.of("/proc/self/fd"));
        Run run = start(odd, Map.of(), "models");
        assertEquals(linux ? 0 : 2, run.status(), run::err);
        Run bench = start(odd, Map.of(), "bench");
        assertEquals(2, bench.status());
        assertTrue(bench.err().contains("without a colon"), bench::err);
    }

    @Test
    void saysInOneLineHowToBuild() throws Exception {
        Files.delete(home.resolve("target/infermark.jar"));
        Run run = start(home, Map.of(), "models");
        assertEquals(2, run.status());
        assertTrue(run.err().contains("mvn -q package -DskipTests"), run::err);
    }

    private Path project(String name) throws IOException {
        Path project = folder.resolve(name);
        write(project.resolve("scripts/infermark"), Files.readString(SCRIPT));
        write(project.resolve(FLAGS.toString()), Files.readString(FLAGS));
        write(project.resolve("target/infermark.jar"), "");
        write(project.resolve("jdk/release"), "IMPLEMENTOR=\"none\"\nJAVA_VERSION=\"25.0.1\"\n");
        write(
                project.resolve("jdk/bin/java"),
                """
                #!/bin/sh
                echo "pid $$"
                echo "locale $LC_ALL"
                printf '%s\\n' "$@"
                """);
        return project;
    }

    private static void write(Path file, String text) throws IOException {
        Files.createDirectories(file.resolveSibling("."));
        Files.writeString(file, text);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private record Run(int status, long pid, String out, String err) {}

    private static Run start(Path project, Map<String, String> environment, String command)
            throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                List.of("bash", project.resolve("scripts/infermark").toString(), command));
        Map<String, String> variables = builder.environment();
        List.of("LC_ALL", "LC_CTYPE", "LANG", "INFERMARK_MEMORY", "INFERMARK_CLASSPATH").forEach(variables::remove);
        variables.put("JAVA_HOME", project.resolve("jdk").toString());
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                variables.remove(name);
            } else {
                variables.put(name, value);
            }
        });
        Process process = builder.start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Run(process.waitFor(), process.pid(), out, err);
    }
}
