package dev.infermark.bench.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.bench.result.BenchmarkId;
import dev.infermark.bench.result.BenchmarkResults;
import dev.infermark.bench.result.KernelCsv;
import dev.infermark.bench.result.MeasuredRow;
import dev.infermark.bench.result.RunFolder;
import dev.infermark.bench.run.Publication.Waiver;
import dev.infermark.jmh.Provenance;
import dev.infermark.jmh.Provenance.Fact;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

class PublicationTest {
    private static final BenchmarkId GELU = new BenchmarkId("p.ScalarEngine.gelu", "simd", "fp32", "64", "avgt");
    private static final BenchmarkId NORM = new BenchmarkId("p.VectorEngine.norm", "simd", "fp32", "64", "avgt");

    @TempDir
    private Path project = Path.of("");

    private RunFolder run = new RunFolder(Path.of(""));

    @BeforeEach
    void finishARun() {
        run = new RunFolder(project.resolve("results/run"));
        finish(BenchmarkProfile.QUICK);
    }

    @Test
    void copiesResultsIntoTheirCommittedPlaces() {
        List<Path> written = publish(Set.of());

        assertEquals(
                List.of("results/kernels.csv", "results/kernels-provenance.csv"),
                written.stream().map(file -> project.relativize(file).toString()).toList());
        assertEquals(KernelCsv.read(run.kernels()), KernelCsv.read(project.resolve("results/kernels.csv")));
    }

    @Test
    void replacesWhatItPublishedAndNothingThatSomebodyWrote() throws IOException {
        publish(Set.of());
        publish(Set.of());
        Path kernels = project.resolve("results/kernels.csv");
        Files.writeString(kernels, "mine");
        UserError e = assertThrows(UserError.class, () -> publish(Set.of()));
        assertTrue(String.valueOf(e.getMessage()).contains("kernels.csv is not as infermark wrote it"), e.getMessage());
        assertEquals("mine", Files.readString(kernels));
    }

    @Test
    void refusesARunThatDidNotFinish() throws IOException {
        Files.delete(run.kernels());

        assertRefused(Set.of(), "holds no finished run (no kernels.csv): run 'mvn verify -Pbench' to its end");
    }

    @Test
    void refusesASmokeRunUnlessWaivedByName() {
        finish(BenchmarkProfile.SMOKE);

        assertRefused(Set.of(Waiver.INCOMPLETE), "waive this with --allow smoke");
        assertEquals(2, publish(Set.of(Waiver.SMOKE)).size());
    }

    @Test
    void refusesARunOfOneForkUnlessWaivedByName() {
        finish(BenchmarkProfile.FULL, List.of(1.0));

        assertRefused(Set.of(), "used the profile smoke or fewer forks than quick");
        assertEquals(2, publish(Set.of(Waiver.SMOKE)).size());
    }

    @Test
    void refusesARunThatLacksABenchmarkUnlessWaivedByName() {
        Publication publication = new Publication(run, project);

        String message = refusal(() -> publication.publish(Set.of(Waiver.SMOKE), List.of(GELU, NORM)));

        assertTrue(message.contains("lacks 1 of 2 rows, such as VectorEngine.norm fp32 64 simd:"), message);
        assertEquals(2, publication.publish(Set.of(Waiver.INCOMPLETE), List.of(GELU, NORM)).size());
    }

    @Test
    void refusesAProvenanceThatLacksAFact() throws IOException {
        String text = Files.readString(run.provenance());
        Files.writeString(run.provenance(), text.replaceAll("(?m)^commit,.*\n", ""));

        assertRefused(Set.of(), "is no provenance of a run: no commit");
    }

    private void finish(BenchmarkProfile profile) {
        finish(profile, List.of(1.0, 2.0, 3.0));
    }

    private void finish(BenchmarkProfile profile, List<Double> forkMedians) {
        KernelCsv.write(
                run.kernels(),
                new BenchmarkResults(
                        List.of(new MeasuredRow(GELU, "us/op", forkMedians, OptionalDouble.empty()))));
        Map<Fact, String> facts =
                Arrays.stream(Fact.values()).collect(Collectors.toMap(Function.identity(), Fact::title));
        facts.put(Fact.PROFILE, profile.label());
        new Provenance(facts).write(run.provenance());
    }

    private List<Path> publish(Set<Waiver> waivers) {
        return new Publication(run, project).publish(waivers, List.of(GELU));
    }

    private void assertRefused(Set<Waiver> waivers, String reason) {
        String message = refusal(() -> publish(waivers));
        assertTrue(message.contains(reason), message);
        assertFalse(Files.exists(project.resolve("results/kernels.csv")));
    }

    private static String refusal(Executable action) {
        return String.valueOf(assertThrows(UserError.class, action).getMessage());
    }
}
