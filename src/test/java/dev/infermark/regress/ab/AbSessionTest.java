package dev.infermark.regress.ab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.jmh.BrokenRunException;
import dev.infermark.jmh.JmhFixture;
import dev.infermark.regress.ab.AbOrder.Build;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AbSessionTest {
    @TempDir
    private Path folder;

    /** A machine whose reference benchmark slows down by 1 % from fork to fork. */
    private final class Machine implements ForkLauncher {
        private int runs;

        @Override
        public Path benchmark(Build build, int number) {
            JmhFixture results = new JmhFixture().benchmark("a.B.fast", 1 + runs);
            if (number < 3) {
                results.benchmark("a.B.fails_later", 1);
            }
            return results.write(folder.resolve(build.label() + number + ".json"));
        }

        @Override
        public double reference() {
            runs++;
            return 100 * Math.pow(1.01, runs);
        }
    }

    @Test
    void interleavesForksAsAbba() {
        assertEquals(
                List.of(Build.BASELINE, Build.CANDIDATE, Build.CANDIDATE, Build.BASELINE, Build.BASELINE,
                        Build.CANDIDATE),
                AbOrder.interleaved(3));
    }

    @Test
    void gathersTheForksOfBothBuildsAndCancelsASteadyDrift() {
        List<String> said = new ArrayList<>();

        AbSession session = AbSession.run(new Machine(), 2, said::add);

        assertEquals(4, said.size());
        assertEquals(2, session.side(Build.CANDIDATE).results().firstEntry().getValue().forks().size());
        assertEquals(0, session.bias(), 1e-12);
        assertEquals(Math.pow(1.01, 3) - 1, session.range(), 1e-12);
    }

    @Test
    void callsTheRunBrokenWhenABenchmarkVanishes() {
        BrokenRunException e =
                assertThrows(BrokenRunException.class, () -> AbSession.run(new Machine(), 3, _ -> {}));

        assertTrue(String.valueOf(e.getMessage()).contains("a.B.fails_later"), e.getMessage());
    }

    @Test
    void refusesAMissingJar() {
        assertThrows(
                UserError.class,
                () -> new ProcessLauncher(Map.of(Build.BASELINE, folder.resolve("none.jar")), List.of(), folder));
    }
}
