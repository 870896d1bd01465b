package dev.infermark.lower.shard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.graph.Collective;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Node;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.reader.hlo.HloReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A layer written as W · x, with tokens side by side, is divided as one written as x · W. */
class LeftWeightsTest {
    private static final Instance INF2 = Catalog.builtIn().instance("inf2.48xlarge");

    private static final String REGIONS = """
            %sum (a: f32[], b: f32[]) -> f32[] {
              %a = f32[] parameter(0)
              %b = f32[] parameter(1)
              ROOT %s = f32[] add(%a, %b)
            }

            %largest (a.1: f32[], b.1: f32[]) -> f32[] {
              %a.1 = f32[] parameter(0)
              %b.1 = f32[] parameter(1)
              ROOT %m = f32[] maximum(%a.1, %b.1)
            }

            """;

    private static final String PARAMETERS = """
              %q.w = f32[64,64] parameter(1)
              %k.w = f32[64,64] parameter(2)
              %v.w = f32[64,64] parameter(3)
              %o.w = f32[64,64] parameter(4)
              %up.w = f32[{up}] parameter(5)
              %down.w = f32[{down}] parameter(6)
              %up.bias = f32[256] parameter(7)
            """;

    private static final String SOFTMAX = """
              %low = f32[] constant(-inf)
              %zero = f32[] constant(0)
              %max = f32[4,24] reduce(%scores, %low), dimensions={2}, to_apply=%largest
              %max.b = f32[4,24,24] broadcast(%max), dimensions={0,1}
              %shifted = f32[4,24,24] subtract(%scores, %max.b)
              %exp = f32[4,24,24] exponential(%shifted)
              %total = f32[4,24] reduce(%exp, %zero), dimensions={2}, to_apply=%sum
              %total.b = f32[4,24,24] broadcast(%total), dimensions={0,1}
              %p = f32[4,24,24] divide(%exp, %total.b)
            """;

    private static final String LEFT = "HloModule left\n\n" + REGIONS + """
            ENTRY %main (x: f32[64,24]) -> f32[64,24] {
              %x = f32[64,24] parameter(0)
            """ + PARAMETERS.replace("{up}", "256,64").replace("{down}", "64,256") + """
              %q = f32[64,24] dot(%q.w, %x), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              %k = f32[64,24] dot(%k.w, %x), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              %v = f32[64,24] dot(%v.w, %x), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              %q.h = f32[4,16,24] reshape(%q)
              %k.h = f32[4,16,24] reshape(%k)
              %v.h = f32[4,16,24] reshape(%v)
              %scores = f32[4,24,24] dot(%q.h, %k.h), lhs_batch_dims={0}, lhs_contracting_dims={1}, \
            rhs_batch_dims={0}, rhs_contracting_dims={1}
            """ + SOFTMAX + """
              %c = f32[4,16,24] dot(%v.h, %p), lhs_batch_dims={0}, lhs_contracting_dims={2}, \
            rhs_batch_dims={0}, rhs_contracting_dims={2}
              %c.f = f32[64,24] reshape(%c)
              %o = f32[64,24] dot(%o.w, %c.f), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              %y = f32[64,24] add(%x, %o)
              %up = f32[256,24] dot(%up.w, %y), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              %up.b = f32[256,24] broadcast(%up.bias), dimensions={0}
              %inner = f32[256,24] add(%up, %up.b)
              %act = f32[256,24] tanh(%inner)
              %down = f32[64,24] dot(%down.w, %act), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              ROOT %z = f32[64,24] add(%y, %down)
            }
            """;

    private static final String RIGHT = "HloModule right\n\n" + REGIONS + """
            ENTRY %main (x: f32[24,64]) -> f32[24,64] {
              %x = f32[24,64] parameter(0)
            """ + PARAMETERS.replace("{up}", "64,256").replace("{down}", "256,64") + """
              %q = f32[24,64] dot(%x, %q.w), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              %k = f32[24,64] dot(%x, %k.w), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              %v = f32[24,64] dot(%x, %v.w), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              %q.h = f32[24,4,16] reshape(%q)
              %k.h = f32[24,4,16] reshape(%k)
              %v.h = f32[24,4,16] reshape(%v)
              %scores = f32[4,24,24] dot(%q.h, %k.h), lhs_batch_dims={1}, lhs_contracting_dims={2}, \
            rhs_batch_dims={1}, rhs_contracting_dims={2}
            """ + SOFTMAX + """
              %c = f32[4,24,16] dot(%p, %v.h), lhs_batch_dims={0}, lhs_contracting_dims={2}, \
            rhs_batch_dims={1}, rhs_contracting_dims={0}
              %c.t = f32[24,4,16] transpose(%c), dimensions={1,0,2}
              %c.f = f32[24,64] reshape(%c.t)
              %o = f32[24,64] dot(%c.f, %o.w), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              %y = f32[24,64] add(%x, %o)
              %up = f32[24,256] dot(%y, %up.w), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              %up.b = f32[24,256] broadcast(%up.bias), dimensions={1}
              %inner = f32[24,256] add(%up, %up.b)
              %act = f32[24,256] tanh(%inner)
              %down = f32[24,64] dot(%act, %down.w), lhs_contracting_dims={1}, rhs_contracting_dims={0}
              ROOT %z = f32[24,64] add(%y, %down)
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(ints = {2, 4})
    void dividesWhatIsWrittenEitherWayAlike(int degree) throws IOException {
        Graph left = read(LEFT);
        Graph right = read(RIGHT);
        assertEquals(List.of(1, 2, 4), GraphSharder.of(left).degrees(INF2));
        assertEquals(TransformerShape.of(right).decoder(), TransformerShape.of(left).decoder());
        Graph part = GraphSharder.of(left).part(degree, INF2);
        Graph twin = GraphSharder.of(right).part(degree, INF2);
        assertEquals(left.parameters(), degree * part.parameters());
        assertEquals(left.work().flops(), degree * part.work().flops());
        assertEquals(twin.parameters(), part.parameters());
        assertEquals(twin.work().flops(), part.work().flops());
        assertEquals(sums(twin), sums(part));
        assertEquals(left.outputs(), part.outputs());
    }

    private static List<Long> sums(Graph graph) {
        return graph.nodes().stream()
                .filter(node -> node.operator() instanceof Collective)
                .map(Node::output)
                .map(output -> output.shape().elements())
                .toList();
    }

    private Graph read(String text) throws IOException {
        return HloReader.read(Files.writeString(folder.resolve("module.hlo"), text));
    }
}
