package dev.infermark.deploy.pipeline;

import java.util.List;

/**
 * Which layers each core of a pipeline holds: consecutive ones, so that the longest core's time is least.
 *
 * @param cores the layers of each core in order
 */
record PipelinePlan(List<List<Layer>> cores) {

    /** Copies the lists. */
    PipelinePlan {
        cores = cores.stream().map(List::copyOf).toList();
    }

    /** Seconds of each core: resident where its weights fit on the chip, else streamed. */
    List<Double> seconds(long capacityBytes) {
        return cores.stream()
                .map(layers -> isResident(layers, capacityBytes)
                        ? layers.stream().mapToDouble(Layer::residentSeconds).sum()
                        : layers.stream().mapToDouble(Layer::streamedSeconds).sum())
                .toList();
    }

    /** Bytes of the weights of each core. */
    List<Long> weightBytes() {
        return cores.stream().map(PipelinePlan::weightBytes).toList();
    }

    static boolean isResident(List<Layer> layers, long capacityBytes) {
        return weightBytes(layers) <= capacityBytes;
    }

    private static long weightBytes(List<Layer> layers) {
        return layers.stream().mapToLong(Layer::weightBytes).sum();
    }
}
