package dev.infermark.reader.hlo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.graph.Collective;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.graph.Shape;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.reader.hlo.HloFile.Attribute;
import dev.infermark.reader.hlo.HloFile.Computation;
import dev.infermark.reader.hlo.HloFile.Instruction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Exchanges and shardings, in text and in protocol buffers alike. */
class HloCollectivesTest {
    private static final long[] FIRST = {0, 1, 2, 3};
    private static final long[] SECOND = {4, 5, 6, 7};

    @TempDir
    private Path folder;

    static Stream<Arguments> groups() {
        Attribute listed = Attribute.groups(FIRST, SECOND);
        Attribute channel = Attribute.channel(1);
        return Stream.of(
                Arguments.of("all of no groups", 8, 1, Attribute.groups(), 8),
                Arguments.of("replicas of a group", 8, 1, listed, 4),
                Arguments.of("a rule", 1, 8, Attribute.iota(2, 4).and(channel).and(Attribute.globalIds()), 4),
                Arguments.of("devices of a group", 1, 8, listed.and(channel).and(Attribute.globalIds()), 4),
                Arguments.of("all partitions", 1, 8, Attribute.groups(new long[] {0}).and(channel), 8),
                Arguments.of("replicas and partitions", 2, 4, Attribute.groups(new long[] {0, 1}).and(channel), 8),
                Arguments.of("partitions of no groups", 1, 4, Attribute.groups().and(channel), 4),
                Arguments.of("ids beyond the replicas", 1, 1, listed.and(channel), 4),
                Arguments.of("a lone device", 1, 1, Attribute.groups(), 1));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("groups")
    void sumsAmongTheDevicesThatAGroupMeans(
            String title, long replicas, long partitions, Attribute attribute, long cores) throws IOException {
        HloFile file = new HloFile().onDevices(replicas, partitions);
        Computation sum = file.pair("sum", "add");
        Computation main = file.computation("main");
        Instruction part = main.map("negate", main.parameter("x", "f32", 4, 8));
        main.call("all-reduce", sum, attribute, new long[] {4, 8}, part);
        for (Graph graph : both(file)) {
            assertEquals(cores, participants(graph), title);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "all-gather, ALL_GATHER, 1, 4, 32", "reduce-scatter, REDUCE_SCATTER, 1, 4, 2", "all-to-all, ALL_TO_ALL, 1, 4, 8"
    })
    void readsWhatIsStartedAndWaitedForLaterAsOneExchange(
            String opcode, Collective.Kind kind, long axis, long rows, long columns) throws IOException {
        Attribute attribute = Attribute.iota(2, 4).and(Attribute.channel(1)).and(Attribute.dimensions(axis));
        long[] result = {rows, columns};
        HloFile whole = new HloFile().onDevices(1, 8);
        Computation main = whole.computation("main");
        main.op(opcode, attribute, "f32", result, main.map("negate", main.parameter("x", "f32", 4, 8)));
        HloFile started = new HloFile().onDevices(1, 8);
        Computation apart = started.computation("main");
        Instruction given = apart.map("negate", apart.parameter("x", "f32", 4, 8));
        Instruction start = apart.op(opcode + "-start", attribute, HloFile.STARTED + "f32", result, given);
        apart.op(opcode + "-done", Attribute.NONE, "f32", result, start);
        for (Graph graph : Stream.concat(both(whole).stream(), both(started).stream()).toList()) {
            Node exchange = graph.nodes().getLast();
            assertEquals(new Collective(kind, 4, 1), exchange.operator());
            assertEquals(Shape.of(rows, columns), exchange.output().shape());
            assertEquals(2, graph.nodes().size());
        }
    }

    @Test
    void countsTheDevicesThatATensorIsHandedAround() throws IOException {
        Attribute pairs = Attribute.pairs(
                new long[] {0, 1}, new long[] {1, 2}, new long[] {2, 0}, new long[] {3, 4}, new long[] {4, 3});
        HloFile file = new HloFile();
        Computation main = file.computation("main");
        Instruction given = main.map("negate", main.parameter("x", "f32", 4, 8));
        Instruction start = main.op(
                "collective-permute-start", pairs, HloFile.STARTED + "f32", new long[] {4, 8}, given);
        main.op("collective-permute-done", Attribute.NONE, "f32", new long[] {4, 8}, start);
        for (Graph graph : both(file)) {
            assertEquals(new Collective(Collective.Kind.PERMUTE, 3, 0), graph.nodes().getLast().operator());
        }
    }

    @Test
    void tensorsThatAreSummedTogetherAreOneExchange() throws IOException {
        HloFile file = new HloFile();
        Computation sum = file.pair("sum", "add");
        Computation main = file.computation("main");
        Instruction x = main.map("negate", main.parameter("x", "f32", 4, 8));
        Instruction y = main.map("negate", main.parameter("y", "f32", 2));
        HloFile.Attribute groups = Attribute.groups(FIRST);
        main.callAll("all-reduce", sum, groups, x, y);
        for (Graph graph : both(file)) {
            Node exchange = graph.nodes().getLast();
            assertEquals(4, participants(graph));
            assertEquals(List.of(Shape.of(4, 8), Shape.of(2)), exchange.outputs().stream()
                    .map(tensor -> tensor.shape())
                    .toList());
            assertEquals(34, exchange.work().elementOperations());
        }
    }

    static Stream<Arguments> shardings() {
        return Stream.of(
                Arguments.of(Attribute.sharding(false, 1, 8), 8),
                Arguments.of(Attribute.sharding(false, 2, 4), 8),
                Arguments.of(Attribute.sharding(true, 1, 4, 2), 4),
                Arguments.of(Attribute.sharding(true, 1, 1, 8), 1),
                Arguments.of(Attribute.sharding(false, 999_999, 999_999, 999_999, 999_999), 1L << 40));
    }

    @ParameterizedTest
    @MethodSource("shardings")
    void tellsAmongHowManyCoresAnnotatedTensorsAreToBeDivided(Attribute sharding, long cores) throws IOException {
        HloFile file = new HloFile();
        Computation main = file.computation("main");
        Instruction x = main.parameter("x", "f32", 4, 8);
        Instruction w = main.parameter("w", sharding, "f32", 8, 16);
        Attribute axes = Attribute.products(new long[] {}, new long[] {1}, new long[] {}, new long[] {0});
        main.op("dot", axes, "f32", new long[] {4, 16}, x, w);
        for (Path path : paths(file)) {
            List<String> notes = Models.find(path.toString()).notes();
            assertEquals(cores > 1 ? 1 : 0, notes.size());
            assertTrue(notes.stream().allMatch(note -> note.contains("--tensor-parallel " + cores)), notes::toString);
        }
    }

    @Test
    void shardingsOfTuplesAndOfTilesThatDivideNothingAreToldFromTheOthers() {
        assertEquals(8, HloShardings.cores("{{replicated}, {devices=[8,1]<=[8]}, {maximal device=0}}"));
        assertEquals(2, HloShardings.cores("{devices=[1,2,4,2]<=[16] last_tile_dims={manual, replicated}}"));
        assertEquals(4, HloShardings.cores("{devices=[1,4]0,1,2,3}"));
        assertEquals(8, HloShardings.cores("{mhlo.sharding=\"{devices=[8]<=[8]}\"}"));
        assertEquals(1, HloShardings.cores("{replicated}"));
    }

    @Test
    void readsTheMeshesAndAxesThatShardyAnnotates() throws IOException {
        HloFile file = new HloFile().onMesh("{mesh = #sdy.mesh<[\"data\"=2, \"model\"=4]>}");
        Computation main = file.computation("main");
        Attribute data = Attribute.frontend("xla.sdy.sharding", "#sdy.sharding<@mesh, [{\"data\"}, {}]>");
        Attribute model = Attribute.frontend("xla.sdy.sharding", "#sdy.sharding<@mesh, [{}, {\"model\"}]>");
        Instruction x = main.parameter("x", data, "f32", 4, 8);
        Instruction w = main.parameter("w", model, "f32", 8, 16);
        Attribute axes = Attribute.products(new long[] {}, new long[] {1}, new long[] {}, new long[] {0});
        main.op("dot", axes, "f32", new long[] {4, 16}, x, w);
        for (Path path : paths(file)) {
            List<String> notes = Models.find(path.toString()).notes();
            assertTrue(notes.getFirst().contains("--tensor-parallel 4"), notes::toString);
        }
        assertEquals(
                4,
                HloShardings.cores(
                        "#sdy.sharding_per_value<[<@m, [{\"a\":(1)2, \"b\", ?}]>]>", Map.of("a", 8L, "b", 2L)));
    }

    @Test
    void saysWhatAPartitionerHasDoneAndReadsTheFileOnce() throws IOException {
        HloFile file = new HloFile().divided(1, 8);
        Computation main = file.computation("main");
        main.map("negate", main.parameter("x", Attribute.sharding(false, 1, 8), "f32", 4, 8));
        Path path = paths(file).getLast();
        ModelSource source = Models.find(path.toString());
        assertEquals(1, source.notes().size());
        assertTrue(source.notes().getFirst().contains("has divided its tensors among 8 cores"));
        Files.delete(path);
        assertEquals(1, source.graph(Workload.ofBatch(1)).nodes().size());
    }

    private static long participants(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.operator() instanceof Collective)
                .mapToLong(node -> ((Collective) node.operator()).participants())
                .findFirst()
                .orElse(1);
    }

    /** The graphs of both forms, which are the same. */
    private List<Graph> both(HloFile file) throws IOException {
        List<Graph> graphs = paths(file).stream().map(HloReader::read).toList();
        assertEquals(graphs.getFirst().nodes(), graphs.getLast().nodes());
        return graphs;
    }

    private List<Path> paths(HloFile file) throws IOException {
        return List.of(
                Files.writeString(folder.resolve("module.hlo"), file.text()),
                Files.write(folder.resolve("module.pb"), file.bytes()));
    }
}
