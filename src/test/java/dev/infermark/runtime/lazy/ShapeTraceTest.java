package dev.infermark.runtime.lazy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.UserError;
import dev.infermark.runtime.bucket.Buckets;
import dev.infermark.runtime.lazy.ShapeTrace.Outcome;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A token takes a millisecond, and the compiler a minute. */
class ShapeTraceTest {
    private static final LazyFigures FIGURES = LazyFigures.builtIn();
    private static final double DISPATCH = FIGURES.dispatch().base();

    @Test
    void theFirstCallOfEachLengthWaitsForTheCompiler() {
        Outcome lazy = trace(10, 20, 10, 30, 20).lazy(FIGURES);
        assertEquals(3, lazy.compiles());
        assertEquals(0, lazy.aheadSeconds());
        assertEquals(60 + 0.010 + DISPATCH, lazy.firstSeconds(), 1e-9);
        assertEquals(3 * 60 + 0.090 + 5 * DISPATCH, lazy.totalSeconds(), 1e-9);
        assertEquals(0.018 + DISPATCH, lazy.steadySeconds(), 1e-9);
    }

    @Test
    void whatAnotherProcessCompiledIsOnlyFetched() {
        Outcome cached = trace(10, 20, 10).cached(FIGURES);
        assertEquals(0, cached.compiles());
        assertEquals(FIGURES.fetch().base() + 0.010 + DISPATCH, cached.firstSeconds(), 1e-9);
        assertEquals(2 * FIGURES.fetch().base() + 0.040 + 3 * DISPATCH, cached.totalSeconds(), 1e-9);
    }

    @Test
    void lengthsThatAreKnownCompileNoMore() {
        ShapeTrace once = trace(10, 20, 30);
        List<Integer> twice = new ArrayList<>(once.lengths());
        twice.addAll(once.lengths());
        Outcome longer = new ShapeTrace(twice, 60, length -> length / 1e3).lazy(FIGURES);
        Outcome shorter = once.lazy(FIGURES);
        assertEquals(shorter.compiles(), longer.compiles());
        assertEquals(shorter.totalSeconds() + 3 * shorter.steadySeconds(), longer.totalSeconds(), 1e-9);
        assertEquals(shorter.steadySeconds(), longer.steadySeconds(), 1e-12);
    }

    @Test
    void aTracedModelCompilesBeforehandAndPads() {
        Outcome traced = trace(10, 20, 30).traced(new Buckets(List.of(15, 40)));
        assertEquals(new Outcome(2, 120, 0.015, 0.095, 0.095 / 3), traced);
    }

    @Test
    void aTraceOfNoRequestsIsRefused() {
        assertThrows(UserError.class, ShapeTraceTest::trace);
    }

    private static ShapeTrace trace(Integer... lengths) {
        return new ShapeTrace(List.of(lengths), 60, length -> length / 1e3);
    }
}
