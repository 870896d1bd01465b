package dev.infermark.report.kernels;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlotGroupsTest {
    @Test
    void gathersWhatHasMostInCommon() {
        List<KernelComparison> kernels = List.of(
                kernel("matmul", "fp32", "8x8x8"),
                kernel("matmul", "fp32", "8x8x16"),
                kernel("matmul", "fp32", "8x8x32"),
                kernel("matmul", "bf16", "8x8x8"),
                kernel("matmul", "fp16", "8x8x8"),
                kernel("matmul", "int8", "8x8x8"),
                kernel("exp", "fp32", "8x8"),
                kernel("tanh", "fp32", "8x8"),
                kernel("erf", "fp32", "8x8"),
                kernel("softmax", "fp32", "8x128"),
                kernel("softmax", "fp32", "8x384"),
                kernel("layerNorm", "fp32", "8x1024"));

        assertEquals(
                List.of(
                        "k-matmul-fp32: 8x8x8, 8x8x16, 8x8x32",
                        "k-matmul-8x8x8: bf16, fp16, int8",
                        "k-fp32-8x8: exp, tanh, erf",
                        "k-other-operations: softmax fp32 8x128, softmax fp32 8x384, layerNorm fp32"),
                PlotGroups.of("k", kernels).stream().map(PlotGroupsTest::describe).toList());
    }

    @Test
    void dividesWhatIsTooMuchForOnePlotIntoEqualParts() {
        List<KernelComparison> kernels = IntStream.range(0, 30)
                .mapToObj(i -> kernel("matmul", "fp32", "8x8x" + i))
                .toList();

        List<PlotGroups> plots = PlotGroups.of("k", kernels);

        assertEquals(List.of("k-matmul-fp32-1-of-3", "k-matmul-fp32-2-of-3", "k-matmul-fp32-3-of-3"),
                plots.stream().map(PlotGroups::name).toList());
        assertTrue(plots.stream().allMatch(plot -> plot.kernels().size() == 10));
    }

    private static String describe(PlotGroups plot) {
        return plot.name() + ": "
                + String.join(", ", plot.kernels().stream().map(plot.label()).toList());
    }

    private static KernelComparison kernel(String operation, String type, String shape) {
        return new KernelComparison(
                operation, type, shape, List.of(), new CoreTime.NotComparable(), new CoreTime.NotComparable());
    }
}
