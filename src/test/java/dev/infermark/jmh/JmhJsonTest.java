package dev.infermark.jmh;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.jmh.Environment.Aspect;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JmhJsonTest {
    @TempDir
    private Path folder;

    @Test
    void readsForksParametersAndEnvironment() {
        Path file = new JmhFixture()
                .param("size", "64")
                .raw("a.B.c", 2, 2, "\"rawData\":[[1.0,2.0],[3.0,4.5]]")
                .write(folder.resolve("jmh.json"));

        BenchmarkResult result = JmhJson.read(file).getFirst();

        assertEquals("a.B.c:avgt{size=64}", result.key().label());
        assertEquals(2, result.forks().size());
        assertArrayEquals(new double[] {3.0, 4.5}, result.forks().get(1));
        assertEquals(Direction.LOWER, result.direction());
        assertEquals(Optional.of("25.0.1"), result.environment().get(Aspect.JDK));
        assertEquals(Optional.empty(), result.environment().get(Aspect.CPU));
        assertTrue(Double.isNaN(result.scoreError()), "JMH writes the error of a single iteration as \"NaN\"");
    }

    @Test
    void takesTheMeanOfASamplingIterationFromItsHistogram() {
        Path file = new JmhFixture()
                .mode("sample", "us/op")
                .raw("a.B.c", 2, 1, "\"rawDataHistogram\":[[[[1.0,3],[5.0,1]]],[[[2.0,2]]]]")
                .write(folder.resolve("jmh.json"));

        List<double[]> forks = JmhJson.read(file).getFirst().forks();

        assertArrayEquals(new double[] {2.0}, forks.get(0));
        assertArrayEquals(new double[] {2.0}, forks.get(1));
    }

    @ParameterizedTest
    @CsvSource({"thrpt,ops/s,HIGHER", "avgt,ns/op,LOWER", "ss,ms/op,LOWER", "sample,us/op,LOWER", "all,ops/s,HIGHER"})
    void takesTheDirectionFromModeAndUnit(String mode, String unit, Direction direction) {
        Path file = new JmhFixture().mode(mode, unit).benchmark("a.B.c", 1, 2).write(folder.resolve("jmh.json"));

        assertEquals(direction, JmhJson.read(file).getFirst().direction());
    }

    @Test
    void findsProcessorAndBlackholeInTheProvenanceBeside() throws IOException {
        Files.writeString(folder.resolve("provenance.csv"), "key,value\ncpu,EPYC 9R14\nblackhole,compiler\nos,Linux\n");
        Path file = new JmhFixture().benchmark("a.B.c", 1, 2).write(folder.resolve("jmh.json"));

        Map<Aspect, String> aspects = JmhJson.read(file).getFirst().environment().aspects();

        assertEquals("EPYC 9R14", aspects.get(Aspect.CPU));
        assertEquals("compiler", aspects.get(Aspect.BLACKHOLE));
    }

    @Test
    void findsAForcedBlackholeModeAmongTheFlags() {
        Path file = new JmhFixture()
                .jvmArgs("-Djmh.blackhole.mode=FULL")
                .benchmark("a.B.c", 1, 2)
                .write(folder.resolve("jmh.json"));

        assertEquals(Optional.of("FULL"), JmhJson.read(file).getFirst().environment().get(Aspect.BLACKHOLE));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|is empty",
                "[]|holds no result",
                "[{\"benchmark\":\"a\"|is cut or no JSON at line 1",
                "[{\"benchmark\":\"a\",\"primaryMetric\":{\"rawData\":[[\"NaN\"]]}}]|has an iteration of NaN",
                "[{\"benchmark\":\"a\",\"primaryMetric\":{\"rawData\":[[-1]]}}]|has an iteration of -1.0",
                "[{\"benchmark\":\"a\",\"primaryMetric\":{\"rawData\":[[]]}}]|has a fork without iterations",
                "[{\"benchmark\":\"a\",\"primaryMetric\":{\"rawData\":[[1]]}}]garbage|is cut or no JSON at line 1",
                "[{\"benchmark\":\"a\",\"primaryMetric\":{\"rawData\":[[1]]}}][]|goes on after its list at line 1",
                "[{\"benchmark\":\"a\"}]|has a fork without iterations",
                "[{\"benchmark\":\"a\",\"params\":{\"n\":[1]}}]|n is no single value in line 1",
                "[{\"benchmark\":\"a\",\"params\":[1]}]|params is not written as JMH does in line 1",
                "[{\"benchmark\":\"a\",\"primaryMetric\":1}]|primaryMetric is not written as JMH does",
                "[{\"benchmark\":\"a\",\"primaryMetric\":{\"rawData\":[1]}}]|rawData is not written as JMH does",
                "[{\"benchmark\":\"a\",\"primaryMetric\":{\"rawData\":[[1.2e308]]}}]|has an iteration of 1.2E308",
                "[{\"benchmark\":\"a\",\"primaryMetric\":{\"rawData\":[[\"100d\"]]}}]|100d' is no number",
                "[{\"benchmark\":\"a\",\"primaryMetric\":{\"rawData\":[[\"0x1p3\"]]}}]|0x1p3' is no number",
                "[{\"benchmark\":\"a\",\"primaryMetric\":{\"rawData\":[[\"1,500\"]]}}]|1,500' is no number",
                "[{\"benchmark\":\"a\",\"primaryMetric\":{\"rawDataHistogram\":[[[[1.0,-3]]]]}}]|a count of -3.0",
            })
    void callsTheRunBroken(String content, String message) throws IOException {
        Path file = Files.writeString(folder.resolve("jmh.json"), content);

        BrokenRunException e = assertThrows(BrokenRunException.class, () -> JmhJson.read(file));

        assertTrue(String.valueOf(e.getMessage()).contains(message), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource({"3,2,says 3 forks and holds 2", "2,3,says 3 measurementIterations and holds 2"})
    void callsTheRunBrokenWhereItHoldsFewerForksOrIterationsThanItSays(int forks, int iterations, String message) {
        Path file = new JmhFixture()
                .raw("a.B.c", forks, iterations, "\"rawData\":[[1.0,2.0],[3.0,4.5]]")
                .write(folder.resolve("jmh.json"));

        BrokenRunException e = assertThrows(BrokenRunException.class, () -> JmhJson.read(file));

        assertTrue(String.valueOf(e.getMessage()).contains("a.B.c:avgt " + message), e.getMessage());
    }

    @Test
    void refusesAMissingFileAndOtherJson() throws IOException {
        Path object = Files.writeString(folder.resolve("object.json"), "{}");

        assertThrows(UserError.class, () -> JmhJson.read(object));
        assertThrows(UserError.class, () -> JmhJson.read(folder.resolve("none.json")));
    }

    @Test
    void callsTheRunBrokenThatNestsDeeperThanAnyReaderGoes() throws IOException {
        Path file = Files.writeString(folder.resolve("deep.json"), "[{\"x\":" + "[".repeat(5000));

        BrokenRunException e = assertThrows(BrokenRunException.class, () -> JmhJson.read(file));

        assertTrue(String.valueOf(e.getMessage()).contains("nests or writes out more than JMH does"), e.getMessage());
    }

    @Test
    void takesTheLeastAllocationOfAllIterations() throws IOException {
        Path file = Files.writeString(
                folder.resolve("jmh.json"),
                "[{\"benchmark\":\"a\",\"primaryMetric\":{\"rawData\":[[1,2]]},"
                        + "\"secondaryMetrics\":{\"other\":{\"rawData\":[[0]]},"
                        + "\"gc.alloc.rate.norm\":{\"score\":3,\"rawData\":[[8.5,8.25]]}}}]");

        assertEquals(OptionalDouble.of(8.25), JmhJson.read(file).getFirst().allocatedBytes());
    }
}
