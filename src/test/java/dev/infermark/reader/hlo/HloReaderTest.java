package dev.infermark.reader.hlo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.graph.Collective;
import dev.infermark.graph.Graph;
import dev.infermark.graph.Shape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HloReaderTest {
    private static final String REGIONS =
            """
            %sum (a: f32[], b: f32[]) -> f32[] {
              %a = f32[] parameter(0)
              %b = f32[] parameter(1)
              ROOT %s = f32[] add(f32[] %a, f32[] %b)
            }

            %largest (a.1: f32[], b.1: f32[]) -> f32[] {
              %a.1 = f32[] parameter(0)
              %b.1 = f32[] parameter(1)
              ROOT %m = f32[] maximum(%a.1, %b.1)
            }

            """;

    @TempDir
    private Path folder;

    @Test
    void readsAttentionWithBatchDimensionsAndFusesItsSoftmax() throws IOException {
        Graph graph = read(
                """
                HloModule jit_attention, entry_computation_layout={(f32[2,128,12,64]{3,2,1,0})->f32[2,12,128,64]}

                """
                        + REGIONS
                        + """
                ENTRY %main (q: f32[2,128,12,64], k: f32[2,128,12,64], v: f32[2,128,12,64]) -> f32[2,12,128,64] {
                  %q = f32[2,128,12,64]{3,2,1,0} parameter(0)
                  %k = f32[2,128,12,64]{3,2,1,0} parameter(1), metadata={op_name="keys"}
                  %v = f32[2,128,12,64]{3,2,1,0} parameter(2)
                  %k.1 = f32[2,128,12,64]{3,2,1,0} add(%k, %q)
                  %v.1 = f32[2,128,12,64]{3,2,1,0} add(%v, %q)
                  %qk = f32[2,12,128,128]{3,2,1,0} dot(%q, %k.1), lhs_batch_dims={0,2}, lhs_contracting_dims={3}, \
                rhs_batch_dims={0,2}, rhs_contracting_dims={3}, metadata={op_type="dot_general" op_name="jit(f)/qk"}
                  %low = f32[] constant(-inf)
                  %max = f32[2,12,128]{2,1,0} reduce(%qk, %low), dimensions={3}, to_apply=%largest
                  %max.b = f32[2,12,128,128]{3,2,1,0} broadcast(%max), dimensions={0,1,2}
                  %shifted = f32[2,12,128,128]{3,2,1,0} subtract(%qk, %max.b)
                  %exp = f32[2,12,128,128]{3,2,1,0} exponential(%shifted)
                  %zero = f32[] constant(0)
                  %total = f32[2,12,128]{2,1,0} reduce(%exp, %zero), dimensions={3}, to_apply=%sum
                  %total.b = f32[2,12,128,128]{3,2,1,0} broadcast(%total), dimensions={0,1,2}
                  %p = f32[2,12,128,128]{3,2,1,0} divide(%exp, %total.b)
                  ROOT %o = f32[2,12,128,64]{3,2,1,0} dot(%p, %v.1), lhs_batch_dims={0,1}, \
                lhs_contracting_dims={3}, rhs_batch_dims={0,2}, rhs_contracting_dims={1}
                }
                """);
        assertEquals(2 * 2L * 2 * 12 * 128 * 128 * 64, graph.work().flops());
        assertEquals(1, count(graph, "Softmax"));
        assertEquals(0, count(graph, "Exp"));
        assertEquals(Shape.of(2, 12, 128, 64), graph.outputs().getFirst().shape());
        assertEquals(3, graph.inputs().size());
    }

    @Test
    void tellsWeightsByTheirUse() throws IOException {
        String text =
                """
                HloModule mlp

                ENTRY %main (x: f32[4,8], w: f32[8,16], b: f32[16], ids: s32[4], table: f32[100,16]) -> f32[4,16] {
                  %x = f32[4,8]{1,0} parameter(0)
                  %w = f32[16,8]{1,0} parameter(1)
                  %b = f32[16]{0} parameter(2)
                  %ids = s32[4]{0} parameter(3)
                  %table = f32[100,16]{1,0} parameter(4)
                  %wt = f32[8,16]{0,1} transpose(%w), dimensions={1,0}
                  %y = f32[4,16]{1,0} dot(%x, %wt), lhs_contracting_dims={1}, rhs_contracting_dims={0}
                  %bb = f32[4,16]{1,0} broadcast(%b), dimensions={1}
                  %z = f32[4,16]{1,0} add(%y, %bb)
                  %rows = f32[4,16]{1,0} gather(%table, %ids), offset_dims={1}, collapsed_slice_dims={0}, \
                start_index_map={0}, index_vector_dim=1, slice_sizes={1,16}
                  ROOT %sum = f32[4,16]{1,0} add(%z, %rows)
                }
                """;
        Graph graph = read(text);
        assertEquals(16 * 8 + 16 + 1600, graph.parameters());
        assertEquals(List.of("x", "ids"), graph.inputs().stream().map(input -> input.name()).toList());
        assertEquals(
                List.of("MatMul", "Add", "Gather", "Add"),
                graph.nodes().stream().map(node -> node.operator().mnemonic()).toList());
        Graph named = HloReader.read(write(text), HloWeights.matching("^w"));
        assertEquals(128, named.parameters());
    }

    @Test
    void repeatsLoopsWithAKnownTripCountAndInlinesFusions() throws IOException {
        Graph graph = read(
                """
                HloModule loop

                %fused (p: f32[4,8]) -> f32[4,8] {
                  %p = f32[4,8]{1,0} parameter(0)
                  ROOT %t = f32[4,8]{1,0} tanh(%p)
                }

                %body (s: (s32[], f32[4,8], f32[8,8])) -> (s32[], f32[4,8], f32[8,8]) {
                  %s = (s32[], f32[4,8]{1,0}, /*index=2*/f32[8,8]{1,0}) parameter(0)
                  %i = s32[] get-tuple-element(%s), index=0
                  %x = f32[4,8]{1,0} get-tuple-element(%s), index=1
                  %w = f32[8,8]{1,0} get-tuple-element(%s), index=2
                  %one = s32[] constant(1)
                  %next = s32[] add(%i, %one)
                  %y = f32[4,8]{1,0} dot(%x, %w), lhs_contracting_dims={1}, rhs_contracting_dims={0}
                  %z = f32[4,8]{1,0} fusion(%y), kind=kLoop, calls=%fused
                  ROOT %r = (s32[], f32[4,8]{1,0}, f32[8,8]{1,0}) tuple(%next, %z, %w)
                }

                %condition (s.1: (s32[], f32[4,8], f32[8,8])) -> pred[] {
                  %s.1 = (s32[], f32[4,8]{1,0}, f32[8,8]{1,0}) parameter(0)
                  %i.1 = s32[] get-tuple-element(%s.1), index=0
                  %limit = s32[] constant(24)
                  ROOT %less = pred[] compare(%i.1, %limit), direction=LT
                }

                ENTRY %main (x: f32[4,8], w: f32[8,8]) -> f32[4,8] {
                  %x.0 = f32[4,8]{1,0} parameter(0)
                  %w.0 = f32[8,8]{1,0} parameter(1)
                  %zero = s32[] constant(0)
                  %start = (s32[], f32[4,8]{1,0}, f32[8,8]{1,0}) tuple(%zero, %x.0, %w.0)
                  %end = (s32[], f32[4,8]{1,0}, f32[8,8]{1,0}) while(%start), condition=%condition, body=%body
                  ROOT %out = f32[4,8]{1,0} get-tuple-element(%end), index=1
                }
                """);
        assertEquals(24 * 2L * 4 * 8 * 8, graph.work().flops());
        assertEquals(24, count(graph, "Tanh"));
        assertEquals(64, graph.parameters());
    }

    @Test
    void readsConvolutionsInAnyOrderOfAxes() throws IOException {
        Graph graph = read(
                """
                HloModule cnn

                ENTRY main {
                  x = bf16[2,56,56,64]{3,2,1,0} parameter(0)
                  kernel = bf16[3,3,64,128]{3,2,1,0} parameter(1)
                  ROOT y = bf16[2,28,28,128]{3,2,1,0} convolution(x, kernel), \
                window={size=3x3 stride=2x2 pad=0_1x0_1}, dim_labels=b01f_01io->b01f
                }
                """);
        assertEquals(2L * 2 * 28 * 28 * 128 * 9 * 64, graph.work().flops());
        assertEquals(9 * 64 * 128, graph.parameters());
        assertEquals(Shape.of(2, 28, 28, 128), graph.outputs().getFirst().shape());
    }

    @Test
    void keepsCollectivesAndUnknownOperations() throws IOException {
        Graph graph = read(
                """
                HloModule sharded

                """
                        + REGIONS
                        + """
                ENTRY %main (x: f32[4,8]) -> (f32[4,8], f32[4,8]) {
                  %x = f32[4,8]{1,0} parameter(0)
                  %r = f32[4,8]{1,0} all-reduce(%x), replica_groups={{0,1,2,3}}, to_apply=%sum
                  %c = f32[4,8]{1,0} custom-call(%r), custom_call_target="Secret"
                  ROOT %t = (f32[4,8]{1,0}, f32[4,8]{1,0}) tuple(%r, %c)
                }
                """);
        Collective collective = (Collective) graph.nodes().getFirst().operator();
        assertEquals(Collective.Kind.ALL_REDUCE, collective.kind());
        assertEquals(4, collective.participants());
        assertEquals("Secret", graph.nodes().getLast().operator().mnemonic());
    }

    @Test
    void readsTheSameModuleAsAProtocolBuffer() throws IOException {
        Path path = folder.resolve("module.pb");
        Files.write(path, product());
        Graph graph = HloReader.read(path);
        assertEquals(2L * 4 * 8 * 16, graph.work().flops());
        assertEquals(128, graph.parameters());
        Files.write(path, HloBytes.message(out -> out.writeByteArray(1, product())));
        assertEquals(128, HloReader.read(path).parameters());
        byte[] buffers = HloBytes.message(out -> out.writeByteArray(3, new byte[0]));
        Files.write(path, HloBytes.message(out -> {
            out.writeByteArray(1, product());
            out.writeByteArray(3, buffers);
        }));
        assertEquals(128, HloReader.read(path).parameters(), "what XLA dumps has the buffers beside the module");
    }

    @Test
    void refusesEndlessCallsAndBrokenFilesInOneLine() throws IOException {
        String recursive =
                """
                HloModule r

                %f (p: f32[1]) -> f32[1] {
                  %p = f32[1]{0} parameter(0)
                  ROOT %c = f32[1]{0} call(%p), to_apply=%f
                }

                ENTRY %main (x: f32[1]) -> f32[1] {
                  %x = f32[1]{0} parameter(0)
                  ROOT %c.1 = f32[1]{0} call(%x), to_apply=%f
                }
                """;
        assertTrue(refusal(recursive.getBytes(StandardCharsets.UTF_8)).contains("calls inside each other"));
        assertTrue(refusal("HloModule m\n\nENTRY main {\n".getBytes(StandardCharsets.UTF_8)).contains("truncated"));
        Random random = new Random(3);
        byte[] text = recursive.replace("to_apply=%f", "to_apply=%g").getBytes(StandardCharsets.UTF_8);
        for (byte[] whole : List.of(text, product(), HloNetworks.bertBaseBytes(1, 16))) {
            for (int i = 0; i < 100; i++) {
                byte[] broken = Arrays.copyOf(whole, 10 + random.nextInt(whole.length - 10));
                broken[9 + random.nextInt(broken.length - 9)] = (byte) random.nextInt(128);
                Path path = folder.resolve("hlo.bin");
                Files.write(path, broken);
                try {
                    HloReader.read(path);
                } catch (UserError e) {
                    assertFalse(String.valueOf(e.getMessage()).matches("(?s).*(\n|out of bounds).*"), e.getMessage());
                }
            }
        }
    }

    @Test
    void fusesNormalizationsAndGeluAsJaxWritesThem() throws IOException {
        Graph graph = read(HloTexts.normalizedGelu(Pattern.compile("x").pattern()));
        assertEquals(1, count(graph, "LayerNorm"));
        assertEquals(1, count(graph, "Gelu_tanh"));
        assertEquals(2, graph.nodes().size());
        assertEquals(128, graph.parameters());
    }

    private String refusal(byte[] content) throws IOException {
        Path path = folder.resolve("broken.hlo");
        Files.write(path, content);
        return String.valueOf(assertThrows(UserError.class, () -> HloReader.read(path)).getMessage());
    }

    @Test
    void takesTheBranchThatAConstantConditionChooses() throws IOException {
        Graph graph = read("""
                HloModule guard

                ENTRY %main (x: f32[4,8], y: f32[4,8]) -> f32[4,8] {
                  %x = f32[4,8]{1,0} parameter(0)
                  %y = f32[4,8]{1,0} parameter(1)
                  %count = f32[] constant(8)
                  %zero = f32[] constant(0)
                  %some = pred[] compare(%count, %zero), direction=GT
                  %some.b = pred[4,8]{1,0} broadcast(%some), dimensions={}
                  %none = f32[] constant(nan)
                  %none.b = f32[4,8]{1,0} broadcast(%none), dimensions={}
                  %sum = f32[4,8]{1,0} add(%x, %y)
                  ROOT %guarded = f32[4,8]{1,0} select(%some.b, %sum, %none.b)
                }
                """);
        assertEquals(List.of("Add"), graph.nodes().stream().map(node -> node.operator().mnemonic()).toList());
    }

    @Test
    void normalisationByTheStatisticsOfEachRowIsLayerNormalisation() throws IOException {
        String text = """
                HloModule norm

                ENTRY %main (x: f32[1,256,768]) -> f32[1,256,768] {
                  %x = f32[1,256,768]{2,1,0} parameter(0)
                  %one = f32[] constant(1)
                  %scale = f32[256]{0} broadcast(%one), dimensions={}
                  %zero = f32[] constant(0)
                  %offset = f32[256]{0} broadcast(%zero), dimensions={}
                  %all = (f32[1,256,768]{2,1,0}, f32[256]{0}, f32[256]{0}) batch-norm-training(%x, %scale, %offset), \
                epsilon=1e-12, feature_index=1
                  ROOT %y = f32[1,256,768]{2,1,0} get-tuple-element(%all), index=0
                }
                """;
        assertEquals(1, count(read(text), "LayerNorm"));
        Graph overImages = read(text.replace("feature_index=1", "feature_index=2").replace("f32[256]", "f32[768]"));
        assertEquals(1, count(overImages, "LayerNorm"));
        String learned = text.replaceAll("(?m)^ +%(one|zero) = .*\n", "")
                .replaceAll("f32\\[256]\\{0} broadcast\\(%(one)\\), dimensions=\\{}", "f32[256]{0} parameter(1)")
                .replaceAll("f32\\[256]\\{0} broadcast\\(%(zero)\\), dimensions=\\{}", "f32[256]{0} parameter(2)");
        Graph trained = read(learned);
        assertEquals(1, count(trained, "GroupNorm"));
        assertEquals(2 * 256, trained.parameters());
        assertEquals(Shape.of(1, 256, 768), trained.outputs().getFirst().shape());
    }

    private Graph read(String text) throws IOException {
        return HloReader.read(write(text));
    }

    private Path write(String text) throws IOException {
        Path path = folder.resolve("module.hlo");
        Files.writeString(path, text);
        return path;
    }

    /** A product of x [4, 8] and w [8, 16]. */
    private static byte[] product() {
        HloFile file = new HloFile();
        HloFile.Computation main = file.computation("main");
        HloFile.Instruction x = main.parameter("x", "f32", 4, 8);
        HloFile.Instruction w = main.parameter("w", "f32", 8, 16);
        HloFile.Attribute axes =
                HloFile.Attribute.products(new long[] {}, new long[] {1}, new long[] {}, new long[] {0});
        main.op("dot", axes, "f32", new long[] {4, 16}, x, w);
        return file.bytes();
    }

    private static long count(Graph graph, String mnemonic) {
        return graph.nodes().stream().filter(node -> node.operator().mnemonic().equals(mnemonic)).count();
    }
}
