package dev.infermark.report.kernels;

import dev.infermark.bench.result.Operation;
import dev.infermark.compare.KernelComparison;
import dev.infermark.report.table.Cell;
import java.util.List;

/** Shapes as people read them; files keep the benchmarks' own. */
final class ShapeWords {
    /** What the words mean. */
    static final String KEY = "Shapes: a matmul is M × K × N; a convolution is height × width, channels in → out,"
            + " kernel, stride, and groups where there are several, of one image; other images are height × width ×"
            + " channels; all else is rows × columns.";

    private ShapeWords() {}

    /** A shape for tables. */
    static Cell cell(KernelComparison kernel) {
        return new Cell.Term(kernel.shape(), of(kernel));
    }

    /** The shape of a kernel in words. */
    static String of(KernelComparison kernel) {
        return of(kernel.operation(), kernel.shape());
    }

    /** A shape of an operation in words. */
    static String of(Operation operation, String shape) {
        List<String> sizes = List.of(shape.split("x"));
        if (operation instanceof Operation.Convolution && sizes.size() == 8) {
            String groups = sizes.get(7).equals("1") ? "" : ", " + sizes.get(7) + " groups";
            return "%s × %s, %s → %s, %s × %s, stride %s%s".formatted(
                    sizes.get(1), sizes.get(2), sizes.get(3), sizes.get(4), sizes.get(5), sizes.get(5), sizes.get(6),
                    groups);
        }
        boolean isImage = sizes.size() == 4 && sizes.getFirst().equals("1");
        return String.join(" × ", isImage ? sizes.subList(1, 4) : sizes);
    }
}
