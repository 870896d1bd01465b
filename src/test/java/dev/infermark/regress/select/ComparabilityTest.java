package dev.infermark.regress.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.regress.JmhFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparabilityTest {
    @TempDir
    private Path folder;

    private Side side(String name, JmhFixture results) {
        return Side.read(name, List.of(results.write(folder.resolve(name + ".json"))));
    }

    private static List<String> names(Side a, Side b) {
        return Comparability.differences(a, b).stream().map(Difference::name).toList();
    }

    @Test
    void namesAnotherJdkAndAllowsItByName() {
        Side a = side("baseline", new JmhFixture().benchmark("x.Y.z", 1, 2));
        Side b = side("candidate", new JmhFixture().jdk("24").benchmark("x.Y.z", 1, 2));

        UserError e = assertThrows(UserError.class, () -> Comparability.pair(a, b, Set.of("vm")));

        assertEquals(List.of("jdk", "vm"), names(a, b));
        assertTrue(String.valueOf(e.getMessage()).contains("jdk ('25.0.1' against '24')"), e.getMessage());
        assertEquals(1, Comparability.pair(a, b, Set.of("jdk", "vm")).size());
    }

    @Test
    void namesAnotherProcessorAndBlackholeMode() throws IOException {
        Files.writeString(folder.resolve("baseline-provenance.csv"), "key,value\ncpu,A\nblackhole,full\n");
        Files.writeString(folder.resolve("candidate-provenance.csv"), "key,value\ncpu,B\nblackhole,compiler\n");

        assertEquals(
                List.of("blackhole", "cpu"),
                names(
                        side("baseline", new JmhFixture().benchmark("x.Y.z", 1, 2)),
                        side("candidate", new JmhFixture().benchmark("x.Y.z", 1, 2))));
    }

    @Test
    void tellsOtherParametersFromOtherBenchmarks() {
        Side a = side("baseline", new JmhFixture().benchmark("x.Y.gone", 1).param("n", "1").benchmark("x.Y.z", 1));
        Side b = side("candidate", new JmhFixture().param("n", "2").benchmark("x.Y.z", 1));

        assertEquals(List.of("benchmarks", "parameters"), names(a, b));
    }

    @Test
    void refusesSidesWithoutACommonBenchmarkAndUnknownNames() {
        Side a = side("baseline", new JmhFixture().benchmark("x.Y.a", 1));
        Side b = side("candidate", new JmhFixture().benchmark("x.Y.b", 1));

        assertThrows(UserError.class, () -> Comparability.pair(a, b, Set.of("benchmarks")));
        assertThrows(UserError.class, () -> Comparability.pair(a, a, Set.of("weather")));
    }

    @Test
    void addsTheForksOfSeveralFilesAndRefusesToMixJdks() {
        Path first = new JmhFixture().benchmark("x.Y.a", 1, 2).write(folder.resolve("1.json"));
        Path second = new JmhFixture().benchmark("x.Y.a", 3).write(folder.resolve("2.json"));
        Path other = new JmhFixture().jdk("24").benchmark("x.Y.a", 3).write(folder.resolve("3.json"));

        Side side = Side.read("baseline", List.of(first, second));

        assertEquals(3, side.results().firstEntry().getValue().forks().size());
        assertThrows(UserError.class, () -> Side.read("baseline", List.of(first, other)));
    }

    @Test
    void countsNoForkTwice() {
        Path once = new JmhFixture().benchmark("x.Y.a", 1, 2).write(folder.resolve("1.json"));
        Path twice = new JmhFixture()
                .benchmark("x.Y.a", 1, 2)
                .benchmark("x.Y.a", 1, 2)
                .write(folder.resolve("2.json"));

        assertThrows(UserError.class, () -> Side.read("baseline", List.of(once, once)));
        assertThrows(UserError.class, () -> Side.read("baseline", List.of(twice)));
    }

    @Test
    void tellsWhatNeitherSideRecorded() {
        Side a = side("baseline", new JmhFixture().benchmark("x.Y.a", 1));

        assertEquals(List.of("blackhole", "cpu"), Comparability.unrecorded(a, a));
    }
}
