package dev.infermark.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.graph.Graph;
import dev.infermark.graph.Tensor;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** HLO modules that compute the same take as long. */
class EqualModulesTest {
    private static final double TOLERANCE = 0.03;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "weight_on_the_left, weight_on_the_right",
        "slice_of_weights,   weights_as_stored",
        "scan_layers,        unrolled_layers",
        "norm_fast_variance, norm_textbook"
    })
    void takeAsLong(String one, String other) {
        DeviceTime.assertEqual(read(other), read(one), TOLERANCE);
    }

    @Test
    void theLeftOfTwoParametersIsTheWeightWhereSizeTellsSo() {
        for (String name : List.of("weight_on_the_left", "weight_on_the_right")) {
            Graph graph = read(name);
            assertEquals(List.of("hidden"), graph.inputs().stream().map(Tensor::name).toList());
            assertEquals(50257 * 768, graph.parameters());
        }
    }

    @Test
    void aUserMayNameTheWeights() {
        Workload workload = Workload.ofBatch(1).withChoices(GraphChoices.ofWeights("^hidden$"));
        Graph graph = Models.find(file("weight_on_the_left").toString()).graph(workload);
        assertEquals(List.of("table"), graph.inputs().stream().map(Tensor::name).toList());
    }

    @Test
    void aWeightOnTheLeftOfSomethingComputedIsAWeightAndSoIsOneBehindAnUnknownOperator() throws IOException {
        Graph graph = read(
                """
                HloModule columns

                ENTRY %main (p0: f32[64,4], p1: f32[96,64], p2: f32[32,96]) -> f32[32,4] {
                  %p0 = f32[64,4] parameter(0)
                  %p1 = f32[96,64] parameter(1)
                  %p2 = f32[32,96] parameter(2)
                  %a = f32[96,4] dot(%p1, %p0), lhs_contracting_dims={1}, rhs_contracting_dims={0}
                  %t = f32[96,4] tanh(%a)
                  %u = f32[32,96] custom-call(%p2), custom_call_target="Mystery"
                  ROOT %b = f32[32,4] dot(%u, %t), lhs_contracting_dims={1}, rhs_contracting_dims={0}
                }
                """,
                "columns.hlo");
        assertEquals(List.of("p0"), graph.inputs().stream().map(Tensor::name).toList());
        assertEquals(96 * 64 + 32 * 96, graph.parameters());
    }

    @Test
    void aLongLoopIsWrittenOnceAndTakesAsLongAsItsTrips() throws IOException {
        assertTrue(read("long_loop").nodes().size() < 100);
        String text = Files.readString(file("long_loop"));
        double writtenOut = DeviceTime.seconds(read(text.replace("6000", "600"), "short.hlo"));
        double repeated = DeviceTime.seconds(read("long_loop"));
        assertEquals(10, repeated / writtenOut, 10 * TOLERANCE);
    }

    @ParameterizedTest
    @ValueSource(ints = {20, 2000})
    void aLoopOverProductsTakesAsLongHoweverOftenItRuns(int trips) throws IOException {
        String text = Files.readString(file("scan_layers"));
        // The first eight trips read layers for the first time and take longer; all further ones take as long as each.
        Graph once = read(trips(text, trips), "once.hlo");
        Graph twice = read(trips(text, 2 * trips), "twice.hlo");
        Graph tenfold = read(trips(text, 10 * trips), "tenfold.hlo");
        double further = DeviceTime.seconds(twice) - DeviceTime.seconds(once);
        assertEquals(9, (DeviceTime.seconds(tenfold) - DeviceTime.seconds(once)) / further, 9 * TOLERANCE);
        assertEquals(10, (double) tenfold.work().flops() / once.work().flops(), 1e-9);
    }

    private static String trips(String text, int trips) {
        return text.replace("constant(8)", "constant(" + trips + ")");
    }

    private Graph read(String text, String name) throws IOException {
        return Models.find(Files.writeString(folder.resolve(name), text).toString())
                .graph(Workload.ofBatch(1));
    }

    private static Graph read(String name) {
        return Models.find(file(name).toString()).graph(Workload.ofBatch(1));
    }

    private static Path file(String name) {
        try {
            return Path.of(Objects.requireNonNull(EqualModulesTest.class.getResource("hlo/" + name + ".hlo"))
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
