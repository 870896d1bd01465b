package dev.infermark.deploy.pipeline;

import dev.infermark.base.Bisection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The best divisions of layers among cores, for every number of cores: the longest core is shortest, where a core whose
 * weights exceed its on-chip memory streams them for each call. Activations are handed on and are not counted.
 *
 * <p>The best division of the first {@code n} layers among {@code c} cores is that of the first {@code s} among
 * {@code c - 1} with the others on one core. Less is left to the last core the larger {@code s} is, and the others take
 * longer, so that the best {@code s} is found by bisection.
 */
final class Divisions {
    private final List<Layer> layers;
    private final long capacityBytes;
    private final double[] resident;
    private final double[] streamed;
    private final long[] weights;

    /** Seconds of the longest core, by cores and by how many of the first layers they hold. */
    private final List<double[]> longest = new ArrayList<>();

    /** The first layer of the last core, by the same. */
    private final List<int[]> cuts = new ArrayList<>();

    Divisions(List<Layer> layers, long capacityBytes) {
        this.layers = List.copyOf(layers);
        this.capacityBytes = capacityBytes;
        int count = layers.size();
        resident = new double[count + 1];
        streamed = new double[count + 1];
        weights = new long[count + 1];
        for (int i = 0; i < count; i++) {
            Layer layer = layers.get(i);
            resident[i + 1] = resident[i] + layer.residentSeconds();
            streamed[i + 1] = streamed[i] + layer.streamedSeconds();
            weights[i + 1] = weights[i] + layer.weightBytes();
        }
        double[] none = new double[count + 1];
        Arrays.fill(none, 1, count + 1, Double.POSITIVE_INFINITY);
        longest.add(none);
        cuts.add(new int[count + 1]);
    }

    /** The best division among so many cores, each of which holds a layer at least. */
    synchronized PipelinePlan over(int cores) {
        while (longest.size() <= cores) {
            addCore();
        }
        List<List<Layer>> divided = new ArrayList<>();
        int end = layers.size();
        for (int core = cores; core > 0; core--) {
            int start = cuts.get(core)[end];
            divided.addFirst(layers.subList(start, end));
            end = start;
        }
        return new PipelinePlan(divided);
    }

    private void addCore() {
        int cores = longest.size();
        double[] others = longest.getLast();
        double[] best = new double[layers.size() + 1];
        int[] cut = new int[layers.size() + 1];
        Arrays.fill(best, Double.POSITIVE_INFINITY);
        for (int end = cores; end <= layers.size(); end++) {
            int last = end;
            int even = first(cores - 1, last, start -> others[start] >= seconds(start, last));
            double above = even < last ? others[even] : Double.POSITIVE_INFINITY;
            double below = even > cores - 1 ? seconds(even - 1, last) : Double.POSITIVE_INFINITY;
            best[end] = Math.min(above, below);
            cut[end] = above <= below ? first(even, last, start -> others[start] > above) - 1 : even - 1;
        }
        longest.add(best);
        cuts.add(cut);
    }

    /** The first number from {@code from} to before {@code to} that meets a condition which all after it meet too. */
    private static int first(int from, int to, IntPredicate condition) {
        return (int) Bisection.first(from, to, number -> condition.test((int) number));
    }

    /** Seconds of a core with the layers from {@code start} to before {@code end}. */
    private double seconds(int start, int end) {
        double onChip = resident[end] - resident[start];
        return weights[end] - weights[start] <= capacityBytes
                ? onChip
                : Math.max(onChip, streamed[end] - streamed[start]);
    }
}
