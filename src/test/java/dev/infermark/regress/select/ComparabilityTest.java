package dev.infermark.regress.select;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.jmh.BrokenRunException;
import dev.infermark.jmh.JmhFixture;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
    void callsTheCandidateBrokenWhereABenchmarkOrARowOfItVanished() {
        Side both = side("baseline", new JmhFixture().benchmark("x.Y.a", 1, 2).benchmark("x.Y.b", 1, 2));
        Side one = side("candidate", new JmhFixture().benchmark("x.Y.a", 1, 2));
        Side rows = side(
                "rows",
                new JmhFixture().param("n", "1").benchmark("x.Y.a", 1, 2).param("n", "2").benchmark("x.Y.a", 3, 4));
        Side row = side("row", new JmhFixture().param("n", "1").benchmark("x.Y.a", 1, 2));

        BrokenRunException e =
                assertThrows(BrokenRunException.class, () -> Comparability.pair(both, one, Set.of("parameters")));

        assertTrue(String.valueOf(e.getMessage()).contains("x.Y.b:avgt is only in the baseline"), e.getMessage());
        assertThrows(BrokenRunException.class, () -> Comparability.pair(rows, row, Set.of("benchmarks")));
        assertEquals(1, Comparability.pair(both, one, Set.of("benchmarks")).size());
        assertThrows(UserError.class, () -> Comparability.pair(one, both, Set.of()));
        assertThrows(UserError.class, () -> Comparability.pair(row, rows, Set.of()));
    }

    @ParameterizedTest
    @CsvSource({"avgt,ns/op,us/op,1000", "avgt,us/op,ns/op,0.001", "avgt,s/op,min/op,60", "thrpt,ops/s,ops/ms,1000",
        "thrpt,ops/us,ops/s,0.000001", "avgt,ns/op,ns/op,1"})
    void convertsTheCandidateToTheBaselinesUnit(String mode, String before, String after, double factor) {
        Side a = side("baseline", new JmhFixture().mode(mode, before).benchmark("x.Y.z", 1, 2));
        Side b = side("candidate", new JmhFixture().mode(mode, after).benchmark("x.Y.z", 3, 4));

        Comparability.Pair pair = Comparability.pair(a, b, Set.of("unit")).getFirst();

        assertEquals(before, pair.candidate().unit());
        assertEquals(3 * factor, pair.candidate().forks().getFirst()[0], 1e-15 * 3 * factor);
    }

    @ParameterizedTest
    @CsvSource({"ns/op,ops/ns", "ns/op,B/op", "ops/s,ns/op", "ops/s,ops/fortnight"})
    void refusesUnitsThatDoNotConvertEvenWhereAllowed(String before, String after) {
        Side a = side("baseline", new JmhFixture().mode("avgt", before).benchmark("x.Y.z", 1, 2));
        Side b = side("candidate", new JmhFixture().mode("avgt", after).benchmark("x.Y.z", 1, 2));

        UserError e = assertThrows(UserError.class, () -> Comparability.pair(a, b, Set.of("unit")));

        assertTrue(String.valueOf(e.getMessage()).contains("do not convert"), e.getMessage());
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
    void countsNoForkTwiceWhereAFileIsPartOfAnother() {
        Path all = new JmhFixture()
                .benchmark("x.Y.a", 1, 2)
                .benchmark("x.Y.b", 3, 4)
                .write(folder.resolve("1.json"));
        Path part = new JmhFixture().benchmark("x.Y.b", 3, 4, 5).write(folder.resolve("2.json"));
        Path chance = new JmhFixture().benchmark("x.Y.b", 3).write(folder.resolve("3.json"));

        UserError e = assertThrows(UserError.class, () -> Side.read("baseline", List.of(all, part)));

        assertTrue(String.valueOf(e.getMessage()).contains("the same forks of x.Y.b:avgt"), e.getMessage());
        assertEquals(2, Side.read("baseline", List.of(all, chance)).results().size());
    }

    @Test
    void tellsWhatNeitherSideRecorded() {
        Side a = side("baseline", new JmhFixture().benchmark("x.Y.a", 1));

        assertEquals(List.of("blackhole", "cpu"), Comparability.unrecorded(a, a));
    }
}
