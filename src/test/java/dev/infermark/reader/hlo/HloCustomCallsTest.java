package dev.infermark.reader.hlo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.graph.Graph;
import dev.infermark.graph.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Neuron compiler's and JAX's custom calls are what their targets say. */
class HloCustomCallsTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "AwsNeuronTransferWithStaticRing",
                "AwsNeuronModuleMarkerStart-Forward",
                "AwsNeuronModuleMarkerEnd-Forward",
                "AwsNeuronLNCShardingConstraint",
                "Sharding",
                "SPMDFullToShardShape",
                "xla.sdy.FuncResultSharding"
            })
    void markersAreTheIdentity(String target) throws IOException {
        assertEquals(List.of("MatMul"), operators(afterProduct(target)));
    }

    @ParameterizedTest
    @CsvSource({
        "AwsNeuronSoftmax, Softmax",
        "AwsNeuronRmsNorm, RmsNorm",
        "AwsNeuronGelu, Gelu",
        "AwsNeuronGeluApprxTanh, Gelu_tanh",
        "AwsNeuronSilu, Silu",
        "AwsNeuronErf, Erf",
        "mhlo.erf, Erf",
        "mhlo.atan, Trigonometric",
        "AwsNeuronGeluBackward, AwsNeuronGeluBackward",
        "AwsNeuronCustomNativeKernel, AwsNeuronCustomNativeKernel"
    })
    void fusedOperationsAreThemselvesAndOthersAreNamed(String target, String operator) throws IOException {
        assertEquals(List.of("MatMul", operator), operators(afterProduct(target)));
    }

    @Test
    void rmsNormTakesItsScaleAndTheAxisThatTheBackendIsTold() throws IOException {
        Graph graph = read("""
                HloModule norm

                ENTRY %main (x: f32[64,4,8], g: f32[64]) -> f32[64,4,8] {
                  %x = f32[64,4,8]{2,1,0} parameter(0)
                  %g = f32[64]{0} parameter(1), metadata={op_name="norm.weight"}
                  %e = f32[] constant(1e-6)
                  ROOT %y = f32[64,4,8]{2,1,0} custom-call(%x, %g, %e), custom_call_target="AwsNeuronRmsNorm", \
                backend_config="0"
                }
                """);
        assertEquals(1, operators(graph).stream().filter("RmsNorm"::equals).count());
        assertEquals(64, graph.parameters());
        assertEquals(Shape.of(64, 4, 8), graph.outputs().getFirst().shape());
    }

    @ParameterizedTest
    @ValueSource(strings = {"AwsNeuronTopK", "TopK", "mhlo.topk"})
    void theLargestComeWithTheirPositions(String target) throws IOException {
        Graph graph = read("""
                HloModule sample

                ENTRY %%main (x: f32[4,32000]) -> (f32[4,50], s32[4,50]) {
                  %%x = f32[4,32000]{1,0} parameter(0)
                  ROOT %%t = (f32[4,50]{1,0}, s32[4,50]{1,0}) custom-call(%%x), custom_call_target="%s"
                }
                """.formatted(target));
        assertEquals(List.of("TopK"), operators(graph));
        assertEquals(
                List.of(Shape.of(4, 50), Shape.of(4, 50)),
                graph.outputs().stream().map(output -> output.shape()).toList());
    }

    @Test
    void argMaxIsAReduction() throws IOException {
        Graph graph = read("""
                HloModule sample

                ENTRY %main (x: f32[4,32000]) -> u32[4] {
                  %x = f32[4,32000]{1,0} parameter(0)
                  ROOT %t = u32[4]{0} custom-call(%x), custom_call_target="AwsNeuronArgMax", backend_config="1"
                }
                """);
        assertEquals(1, graph.nodes().size());
        assertEquals(Shape.of(4), graph.outputs().getFirst().shape());
    }

    @Test
    void markersHandOnTuplesAndWeightsBehindThemStayWeights() throws IOException {
        Graph graph = read("""
                HloModule marked

                ENTRY %main (x: f32[64,512], w: f32[512,256]) -> f32[64,256] {
                  %x = f32[64,512] parameter(0)
                  %w = f32[512,256] parameter(1)
                  %t = (f32[64,512], f32[64,512]) tuple(%x, %x)
                  %m = (f32[64,512], f32[64,512]) custom-call(%t), \
                custom_call_target="AwsNeuronModuleMarkerStart-Forward"
                  %a = f32[64,512] get-tuple-element(%m), index=1
                  %s = f32[512,256] custom-call(%w), custom_call_target="Sharding", sharding={devices=[1,2]0,1}
                  ROOT %h = f32[64,256] dot(%a, %s), lhs_contracting_dims={1}, rhs_contracting_dims={0}
                }
                """);
        assertEquals(List.of("MatMul"), operators(graph));
        assertEquals(512 * 256, graph.parameters());
    }

    private Graph afterProduct(String target) throws IOException {
        return read("""
                HloModule call

                ENTRY %%main (x: f32[64,512], w: f32[512,512]) -> f32[64,512] {
                  %%x = f32[64,512] parameter(0)
                  %%w = f32[512,512] parameter(1)
                  %%h = f32[64,512] dot(%%x, %%w), lhs_contracting_dims={1}, rhs_contracting_dims={0}
                  ROOT %%a = f32[64,512] custom-call(%%h), custom_call_target="%s"
                }
                """.formatted(target));
    }

    private Graph read(String text) throws IOException {
        return HloReader.read(Files.writeString(folder.resolve("module.hlo"), text));
    }

    private static List<String> operators(Graph graph) {
        return graph.nodes().stream().map(node -> node.operator().mnemonic()).toList();
    }
}
