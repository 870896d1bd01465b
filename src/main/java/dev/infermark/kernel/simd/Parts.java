package dev.infermark.kernel.simd;

import java.util.ArrayList;
import java.util.List;

/** Cuts the products of a batch into parts for threads. */
final class Parts {
    private static final int ROW_UNIT = RegisterTile.ROWS;

    private Parts() {}

    /**
     * Nearly equal parts, one per thread or fewer where there is not enough to do: whole products of a batch first,
     * then the rows and columns of each, cut so that the threads together pack the least.
     */
    static List<Part> of(int threads, int products, int rows, int columns, int columnUnit) {
        int byProduct = Math.min(threads, products);
        int perProduct = threads / byProduct;
        int byColumn = leastPacked(perProduct, rows, columns);
        int byRow = perProduct / byColumn;
        List<Part> parts = new ArrayList<>();
        for (Span some : spans(products, byProduct, 1)) {
            for (Span across : spans(columns, byColumn, columnUnit)) {
                for (Span down : spans(rows, byRow, ROW_UNIT)) {
                    parts.add(new Part(some.from, some.size, down.from, down.size, across.from, across.size));
                }
            }
        }
        return parts;
    }

    /** In how many parts to cut the columns: each part of the columns packs all rows again, and the other way round. */
    private static int leastPacked(int threads, int rows, int columns) {
        int best = 1;
        long least = Long.MAX_VALUE;
        for (int byColumn = 1; byColumn <= threads; byColumn++) {
            int byRow = threads / byColumn;
            long packed = (long) byColumn * rows + (long) byRow * columns;
            if (byColumn * byRow == threads && packed < least) {
                least = packed;
                best = byColumn;
            }
        }
        return best;
    }

    private static List<Span> spans(int size, int count, int unit) {
        int each = Product.balanced(size, Math.ceilDiv(size, count), unit);
        List<Span> spans = new ArrayList<>();
        for (int from = 0; from < size; from += each) {
            spans.add(new Span(from, Math.min(each, size - from)));
        }
        return spans;
    }

    private record Span(int from, int size) {}
}
