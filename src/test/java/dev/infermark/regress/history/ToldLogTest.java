package dev.infermark.regress.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.jmh.Direction;
import dev.infermark.regress.detect.ChangePoint;
import dev.infermark.regress.detect.ChangePointDetector;
import dev.infermark.regress.detect.Episode;
import dev.infermark.regress.parse.Series;
import dev.infermark.regress.verdict.Effect;
import dev.infermark.regress.verdict.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ToldLogTest {
    private static final double LEVEL = 0.05;

    @TempDir
    private Path folder;

    private static Series series(String benchmark, int runs) {
        return new Series(
                benchmark,
                "ns/op",
                Direction.LOWER,
                IntStream.range(0, runs)
                        .mapToObj(i -> new Series.Run(Integer.toString(i), "c" + i, Optional.empty(), 1))
                        .toList());
    }

    private static SeriesReport report(Series series, Change... changes) {
        return new SeriesReport(series, List.of(changes), List.of(), List.of());
    }

    private static Change change(Series series, int place, double size, double p) {
        Verdict verdict = Verdict.changed(new Effect(size, size, size, p), series.direction());
        return new Change(
                series.runs().get(place), new ChangePoint(place, 1, 1 + size, size, size, size, p), verdict, "");
    }

    private static SeriesReport changed(int runs, int place, double p) {
        Series series = series("a", runs);
        return report(series, change(series, place, 0.1, p));
    }

    private static SuiteLook look(ToldLog log, SeriesReport... reports) {
        return SuiteLook.at(List.of(reports), log, 0.01, LEVEL);
    }

    private static List<String> events(ToldLog log) {
        return log.events().stream()
                .map(event -> switch (event) {
                    case ToldLog.Looked(Look look) -> "looked at " + look.newest();
                    case ToldLog.Told told -> "told " + told.finding().kind() + " " + told.finding().run();
                    case ToldLog.Withdrawn w -> "withdrew " + w.told().finding().run() + ": " + w.reason();
                })
                .toList();
    }

    @Test
    void tellsAChangeOnceHoweverOftenTheSameRunsAreLookedAt() {
        SuiteLook first = look(ToldLog.EMPTY, changed(60, 40, 1e-6));
        SuiteLook again = look(first.log(), changed(60, 40, 1e-6));

        assertEquals(List.of("told change 40", "looked at 59"), events(first.log()));
        assertEquals(first.log(), again.log());
        assertEquals("59", again.reports().getFirst().changes().getFirst().toldAt());
    }

    @Test
    void tellsWhatWasToldForAsLongAsTheBenchmarkShowsIt() {
        ToldLog log = look(ToldLog.EMPTY, changed(60, 40, 1e-6)).log();

        SuiteLook later = look(log, changed(61, 40, 0.003));

        assertEquals(1, later.reports().getFirst().changes().size());
        assertEquals(0, look(ToldLog.EMPTY, changed(61, 40, 0.06)).reports().getFirst().changes().size());
    }

    @Test
    void withdrawsWithAReasonWhatNoLongerHolds() {
        ToldLog log = look(ToldLog.EMPTY, changed(60, 57, 1e-6)).log();

        SuiteLook later = look(log, report(series("a", 61)));
        SuiteLook gone = look(log, report(series("b", 61)));

        assertEquals("withdrew 57: with 4 runs since, chance explains it", events(later.log()).get(2));
        assertEquals("57", later.reports().getFirst().withdrawn().getFirst().told().finding().run());
        assertEquals("withdrew 57: the history no longer has the benchmark", events(gone.log()).get(2));
        assertEquals(List.of(), later.log().standing());
    }

    @Test
    void tellsAnewWhatMovedOrCameBackWithoutSpendingOnIt() {
        ToldLog log = look(ToldLog.EMPTY, changed(60, 57, 1e-6)).log();
        Series series = series("a", 62);
        PastEpisode spike = new PastEpisode(
                series.runs().get(57),
                series.runs().get(59),
                new Episode(57, 60, 1, 1.1, 0.1, 0.002),
                Verdict.changed(new Effect(0.1, 0.1, 0.1, 0.002), Direction.LOWER));

        ToldLog moved = look(log, changed(61, 58, 0.003)).log();
        ToldLog back = look(log, new SeriesReport(series, List.of(), List.of(spike), List.of())).log();

        assertEquals(
                List.of("withdrew 57: more runs place it at run 58", "told change 58"),
                events(moved).subList(2, 4));
        assertEquals(
                List.of("withdrew 57: it came back: now told as spike, runs 57 to 59", "told spike 57"),
                events(back).subList(2, 4));
    }

    @Test
    void allLaterLooksTogetherSpendTheLevelOnceMore() {
        List<Look> looks = new ArrayList<>(List.of(new Look("0", 60)));
        double spent = 0;
        for (int i = 1; i <= 10_000; i++) {
            Look look = new Look(Integer.toString(i), 60 + i);
            spent += Spending.of(looks, look, LEVEL);
            looks.add(look);
        }

        assertEquals(LEVEL, Spending.of(List.of(), looks.getFirst(), LEVEL));
        assertTrue(spent < LEVEL && spent > 0.99 * LEVEL, "spent " + spent);
    }

    @Test
    void laterLooksMustBeClearer() {
        ToldLog log = look(ToldLog.EMPTY, report(series("a", 60))).log();

        assertEquals(0, look(log, changed(61, 40, 0.01)).reports().getFirst().changes().size());
        assertEquals(1, look(ToldLog.EMPTY, changed(61, 40, 0.01)).reports().getFirst().changes().size());
    }

    @Test
    void theFileHoldsTheWholeLog() {
        ToldFile file = ToldFile.beside(folder.resolve("history.csv"));
        List<String> notes = new ArrayList<>();
        file.update(log -> look(log, changed(60, 57, 1e-6)), notes::add);
        ToldLog after = file.update(log -> look(log, report(series("a", 61))), notes::add).log();

        assertEquals(folder.resolve("history-told.csv"), file.path());
        assertEquals(after, file.read());
        assertEquals(List.of(), notes);
    }

    @Test
    void aLookCountsAlsoWhereItsLogCannotBeWritten() throws IOException {
        ToldFile file = new ToldFile(Files.createFile(folder.resolve("file")).resolve("told.csv"));
        List<String> notes = new ArrayList<>();

        SuiteLook look = file.update(log -> look(log, changed(60, 57, 1e-6)), notes::add);

        assertEquals(1, look.reports().getFirst().changes().size());
        assertTrue(notes.getFirst().endsWith("what is told now is not remembered"), notes::toString);
    }

    @Test
    void refusesALogThatSomebodyBroke() throws IOException {
        ToldFile file = ToldFile.beside(folder.resolve("history.csv"));
        file.update(log -> look(log, changed(60, 57, 1e-6)), _ -> {});
        Files.writeString(file.path(), Files.readString(file.path()).replace("looked", "guessed"));

        UserError e = assertThrows(UserError.class, file::read);

        assertTrue(String.valueOf(e.getMessage()).contains("line 3: the event is 'guessed'"), e.getMessage());
    }

    @Test
    void aSuiteWhoseRunsResembleEachOtherNeedsMoreToShow() {
        SplittableRandom random = new SplittableRandom(1);
        List<Series> suite = IntStream.range(0, 60)
                .mapToObj(i -> new Series(
                        "b" + i,
                        "ns/op",
                        Direction.LOWER,
                        following(random, 60)))
                .toList();
        ChangePointDetector detector = new ChangePointDetector(0);

        long together = SuiteFindings.of(suite, detector, () -> {}).stream()
                .mapToLong(report -> report.changes().size())
                .sum();
        long alone = suite.stream()
                .mapToLong(series -> SeriesReport.of(series, detector).changes().size())
                .sum();

        assertTrue(together < alone, () -> together + " changes together, " + alone + " alone");
    }

    /** Noise of which each value keeps 0.6 of the one before. */
    private static List<Series.Run> following(SplittableRandom random, int runs) {
        List<Series.Run> all = new ArrayList<>();
        double value = random.nextGaussian();
        for (int i = 0; i < runs; i++) {
            value = 0.6 * value + 0.8 * random.nextGaussian();
            all.add(new Series.Run(Integer.toString(i), "", Optional.empty(), Math.exp(0.01 * value)));
        }
        return all;
    }
}
