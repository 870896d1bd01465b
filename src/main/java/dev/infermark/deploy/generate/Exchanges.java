package dev.infermark.deploy.generate;

import dev.infermark.deploy.generate.GenerationPredictor.Setting;
import dev.infermark.simulate.collective.CollectiveGroup;
import dev.infermark.simulate.collective.CollectiveModel;
import dev.infermark.simulate.collective.CollectiveOperation;

/**
 * All-reduces between the layers of a network that a group of cores computes: a start, with the chain of dependent
 * instructions around it, and moving the tensor at the documented rate of large ones. The start is fitted twice, for
 * steps of one token of each sequence and for whole prompts.
 */
final class Exchanges {
    private final GenerationCalibration generation;
    private final int degree;
    private final double chainSeconds;
    private final double busBytesPerSecond;

    Exchanges(Setting setting, int degree) {
        this.generation = setting.generation();
        this.degree = degree;
        this.chainSeconds = degree == 1
                ? 0
                : new CollectiveModel(new CollectiveGroup(setting.instance(), degree), setting.sdk()).chainSeconds();
        this.busBytesPerSecond = degree == 1
                ? Double.POSITIVE_INFINITY
                : setting.instance().chip().collectives().orElseThrow().algorithmBytesPerSecond();
    }

    /** Seconds of an all-reduce in a step of decoding, of so many bytes on each core. */
    double step(double bytes) {
        return allReduce(generation.allReduceSeconds(), bytes);
    }

    /** Seconds of an all-reduce where all tokens go through the layers at once. */
    double prompt(double bytes) {
        return allReduce(generation.largeAllReduceSeconds(), bytes);
    }

    private double allReduce(double start, double bytes) {
        return degree == 1
                ? 0
                : start
                        + chainSeconds
                        + CollectiveOperation.ALL_REDUCE.busFactor(degree) * bytes / busBytesPerSecond;
    }
}
