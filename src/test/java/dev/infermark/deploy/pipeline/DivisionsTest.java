package dev.infermark.deploy.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.simulate.Resource;
import dev.infermark.simulate.ResourceSeconds;
import dev.infermark.simulate.StageTime;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class DivisionsTest {
    private static final long CAPACITY = 100;

    @Test
    void findsWhatTryingAllDivisionsFinds() {
        Random random = new Random(7);
        for (int network = 0; network < 200; network++) {
            List<Layer> layers = Stream.generate(() -> layer(random)).limit(1 + random.nextInt(9)).toList();
            Divisions divisions = new Divisions(layers, CAPACITY);
            for (int cores = 1; cores <= layers.size(); cores++) {
                PipelinePlan plan = divisions.over(cores);
                assertEquals(
                        layers, plan.cores().stream().flatMap(List::stream).toList(), "layers stay in order");
                assertEquals(cores, plan.cores().size());
                assertTrue(plan.cores().stream().noneMatch(List::isEmpty));
                assertEquals(best(layers, cores), longest(plan), 1e-12, cores + " cores of " + layers);
            }
        }
    }

    /** The shortest longest core over all divisions. */
    private static double best(List<Layer> layers, int cores) {
        if (cores == 1) {
            return longest(new PipelinePlan(List.of(layers)));
        }
        double best = Double.POSITIVE_INFINITY;
        for (int cut = 1; cut + cores - 1 <= layers.size(); cut++) {
            best = Math.min(
                    best,
                    Math.max(
                            longest(new PipelinePlan(List.of(layers.subList(0, cut)))),
                            best(layers.subList(cut, layers.size()), cores - 1)));
        }
        return best;
    }

    private static double longest(PipelinePlan plan) {
        return plan.seconds(CAPACITY).stream().mapToDouble(Double::doubleValue).max().orElseThrow();
    }

    /** A layer of few different times, for many divisions to be as good as others. */
    private static Layer layer(Random random) {
        double resident = random.nextInt(4);
        return new Layer(0, random.nextInt(60), 1, time(resident), time(resident + random.nextInt(5)));
    }

    private static StageTime time(double seconds) {
        return new StageTime("layer", 0, ResourceSeconds.NONE, ResourceSeconds.of(Resource.TENSOR, seconds));
    }
}
