package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.kernel.Engines;
import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.Tensor;
import dev.infermark.numerics.DataType;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The project in src/examples/custom-operator, built as its user builds it, and given to Infermark as a jar. */
class CustomOperatorExampleTest {
    private static final Path PROJECT = Path.of("src/examples/custom-operator");
    private static final String NAME = "com.example.KWinners";
    private static final String NETWORK = PROJECT.resolve("sparse-mlp.onnx").toString();

    @TempDir
    private static Path folder;

    private static Path jar = Path.of("");

    /** Infermark with the jar on its class path, apart from the one that runs the tests. */
    private static URLClassLoader apart = new URLClassLoader(new URL[0]);

    private record Result(int status, String out, String err) {}

    @BeforeAll
    static void build() throws IOException {
        Path classes = Files.createDirectory(folder.resolve("classes"));
        Path source = PROJECT.resolve("src/main/java/com/example/KWinners.java");
        int status = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        OutputStream.nullOutputStream(),
                        OutputStream.nullOutputStream(),
                        "-proc:none",
                        "-Xlint:all,-path",
                        "-Werror",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "-d",
                        classes.toString(),
                        source.toString());
        assertEquals(0, status, "the example does not compile");
        jar = folder.resolve("kwinners.jar");
        try (JarOutputStream out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (Path root : List.of(classes, PROJECT.resolve("src/main/resources"))) {
                try (Stream<Path> files = Files.walk(root)) {
                    for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
                        out.putNextEntry(
                                new JarEntry(root.relativize(file).toString().replace(File.separatorChar, '/')));
                        Files.copy(file, out);
                    }
                }
            }
        }
        List<URL> path = new ArrayList<>(List.of(url(jar)));
        for (String part : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
            path.add(url(Path.of(part)));
        }
        apart = new URLClassLoader(path.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
    }

    @AfterAll
    static void close() throws IOException {
        apart.close();
    }

    @Test
    void isPredictedOnInf2AndBoundsItsNetwork() throws ReflectiveOperationException {
        Result result = run("predict", NETWORK, "--dim", "batch=512");
        assertEquals(0, result.status(), result::err);
        assertEquals("", result.err());
        assertTrue(result.out().contains("bound by GpSimdE"), result::out);
    }

    @Test
    void isRefusedOnInf1ByItsName() throws ReflectiveOperationException {
        Result result = run("predict", NETWORK, "--dim", "batch=64", "--instance", "inf1.xlarge");
        assertEquals(2, result.status());
        assertEquals("", result.out());
        assertTrue(
                result.err().contains("no GPSIMD engine to run the custom operator " + NAME + " (node winners1)"),
                result::err);
    }

    @Test
    void isCountedByExplainAndInspect() throws ReflectiveOperationException {
        Result engines = run("explain", NETWORK, "--dim", "batch=64", "--part", "engines", "--format", "csv");
        String row = engines.out().lines().filter(line -> line.startsWith("GpSimdE,")).findFirst().orElseThrow();
        // 32 rounds of two operations and a mask for 64 rows of 4096 and 2048, 8 processors of 16 lanes at 1.4 GHz,
        // and 150 cycles for each of the two.
        double micros = 1e6 * (65.0 * 64 * (4096 + 2048) / 16 / 8 + 2 * 150) / 1.4e9;
        assertTrue(
                Arrays.stream(row.split(",", -1)).skip(1).anyMatch(cell -> isNear(cell, micros)),
                () -> micros + " in " + row);
        Result operators = run("inspect", NETWORK, "--dim", "batch=64", "--format", "csv");
        assertEquals(2, operators.out().lines().filter(line -> line.contains("," + NAME + ",")).count());
    }

    @Test
    void withoutTheJarTheNetworkIsRefusedByTheOperatorsName() {
        StringWriter err = new StringWriter();
        int status = Infermark.run(
                new PrintWriter(new StringWriter()), new PrintWriter(err), "predict", NETWORK, "--dim", "batch=64");
        assertEquals(2, status);
        assertTrue(err.toString().contains(NAME + " (node winners1)"), err::toString);
    }

    @Test
    void isMeasuredByJmh() throws IOException, InterruptedException {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-XX:TieredStopAtLevel=1",
                "-Djmh.ignoreLock=true",
                "-cp",
                System.getProperty("java.class.path") + File.pathSeparator + jar,
                Infermark.class.getName(),
                "benchmarks",
                "GpsimdEngineBenchmark",
                "-p",
                "operator=" + NAME + ":fp32:128x1024",
                "-p",
                "implementation=reference",
                "-f",
                "0",
                "-wi",
                "0",
                "-i",
                "1",
                "-r",
                "1ms");
        Path log = folder.resolve("jmh.txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        String output = process.waitFor() + "\n" + Files.readString(log);
        assertTrue(
                output.lines().anyMatch(line -> line.matches("GpsimdEngineBenchmark\\.run .*" + NAME + ".* us/op")),
                output);
    }

    @Test
    void keepsTheLargestEighthOfEachRow() throws IOException, ReflectiveOperationException {
        try (URLClassLoader beside = new URLClassLoader(
                new URL[] {url(jar)}, CustomOperatorExampleTest.class.getClassLoader())) {
            CustomOperator operator = (CustomOperator)
                    beside.loadClass(NAME).getDeclaredConstructor().newInstance();
            int rows = 11;
            int columns = 64;
            float[] values = new float[rows * columns];
            Random random = new Random(7);
            for (int i = 0; i < values.length; i++) {
                values[i] = random.nextFloat() - 0.5f;
            }
            Tensor kept = Engines.best().gpsimd().run(operator, List.of(Tensor.of(values, rows, columns))).getFirst();
            assertEquals(DataType.FP32, kept.type());
            for (int row = 0; row < rows; row++) {
                float[] own = Arrays.copyOfRange(values, row * columns, (row + 1) * columns);
                float[] sorted = own.clone();
                Arrays.sort(sorted);
                float least = sorted[columns - columns / 8];
                int first = row * columns;
                float[] expected = new float[columns];
                float[] actual = new float[columns];
                IntStream.range(0, columns).forEach(column -> {
                    expected[column] = own[column] >= least ? own[column] : 0;
                    actual[column] = kept.floats().at(first + column);
                });
                assertArrayEquals(expected, actual);
            }
        }
    }

    private static boolean isNear(String cell, double expected) {
        return cell.matches("[0-9.]+") && Math.abs(Double.parseDouble(cell) / expected - 1) < 1e-4;
    }

    private static URL url(Path path) throws MalformedURLException {
        return path.toUri().toURL();
    }

    private static Result run(String... arguments) throws ReflectiveOperationException {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = (int) apart.loadClass(Infermark.class.getName())
                .getMethod("run", PrintWriter.class, PrintWriter.class, String[].class)
                .invoke(null, new PrintWriter(out), new PrintWriter(err), arguments);
        return new Result(status, out.toString(), err.toString());
    }
}
