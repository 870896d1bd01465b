package dev.infermark.runtime.bucket;

import dev.infermark.base.UserError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The lengths that a network is compiled for; a request is padded to the shortest that holds it.
 *
 * @param lengths ascending, in tokens
 */
public record Buckets(List<Integer> lengths) {

    /** Copies the list; refuses none, and lengths that do not ascend. */
    public Buckets {
        lengths = List.copyOf(lengths);
        if (lengths.isEmpty()) {
            throw new UserError("there are no buckets; name one length or more");
        }
        int last = 0;
        for (int length : lengths) {
            if (length <= last) {
                throw new UserError(
                        "bucket " + length + " does not come after " + last + "; let lengths ascend from 1");
            }
            last = length;
        }
    }

    /** The bucket of a request of this length; refuses one that no bucket holds. */
    public int bucket(int length) {
        int index = Collections.binarySearch(lengths, length);
        if (index < 0) {
            index = -index - 1;
        }
        if (index == lengths.size()) {
            throw new UserError("a request of " + length + " tokens exceeds the largest bucket of " + lengths.getLast()
                    + "; add a bucket or cut the request");
        }
        return lengths.get(index);
    }

    /** Share of the computed tokens that are padding. */
    public double waste(LengthHistogram histogram) {
        return 1 - histogram.tokens() / cost(histogram, length -> length);
    }

    /** What all requests cost together, if one in a bucket costs what this function says of the bucket's length. */
    public double cost(LengthHistogram histogram, IntToDoubleFunction ofLength) {
        return histogram.counts().entrySet().stream()
                .mapToDouble(entry -> entry.getValue() * ofLength.applyAsDouble(bucket(entry.getKey())))
                .sum();
    }

    /** The best sets of one bucket, of two and so on, as many as there are lengths for and are asked for. */
    public static List<Buckets> upTo(LengthHistogram histogram, int most, IntToDoubleFunction ofLength) {
        return IntStream.rangeClosed(1, Math.min(most, histogram.counts().size()))
                .mapToObj(count -> best(histogram, count, ofLength))
                .toList();
    }

    /**
     * The best set of at most so many buckets for a histogram, by dynamic programming over its lengths: some best set
     * has all its buckets at lengths that occur, since a bucket moved down to the longest request that it holds costs
     * no more. Takes time of the order of count · lengths².
     *
     * @param count how many buckets at most
     * @param ofLength what a request costs in a bucket of a length; must not fall as the length rises
     */
    public static Buckets best(LengthHistogram histogram, int count, IntToDoubleFunction ofLength) {
        if (count < 1) {
            throw new UserError(count + " buckets hold no request; give 1 or more");
        }
        List<Integer> lengths = List.copyOf(histogram.counts().keySet());
        int n = lengths.size();
        int buckets = Math.min(count, n);
        double[] price = new double[n];
        long[] before = new long[n + 1];
        int next = 0;
        for (Map.Entry<Integer, Long> length : histogram.counts().entrySet()) {
            price[next] = ofLength.applyAsDouble(length.getKey());
            before[next + 1] = Math.addExact(before[next], length.getValue());
            next++;
        }
        // cost[k][i]: the least for the first i lengths in k + 1 buckets, the last of them at length i − 1.
        double[][] cost = new double[buckets][n + 1];
        int[][] from = new int[buckets][n + 1];
        for (int k = 0; k < buckets; k++) {
            for (int i = 1; i <= n; i++) {
                cost[k][i] = Double.POSITIVE_INFINITY;
                for (int start = k == 0 ? 0 : k; start < (k == 0 ? 1 : i); start++) {
                    double candidate =
                            (k == 0 ? 0 : cost[k - 1][start]) + (before[i] - before[start]) * price[i - 1];
                    if (candidate < cost[k][i]) {
                        cost[k][i] = candidate;
                        from[k][i] = start;
                    }
                }
            }
        }
        int best = 0;
        for (int k = 1; k < buckets; k++) {
            if (cost[k][n] < cost[best][n]) {
                best = k;
            }
        }
        List<Integer> chosen = new ArrayList<>();
        int end = n;
        for (int k = best; k >= 0; k--) {
            chosen.add(lengths.get(end - 1));
            end = from[k][end];
        }
        return new Buckets(chosen.reversed());
    }
}
