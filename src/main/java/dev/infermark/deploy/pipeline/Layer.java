package dev.infermark.deploy.pipeline;

import dev.infermark.simulate.StageTime;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/**
 * A part of the network that one core of a pipeline holds: from one product with weights to the next, or some columns
 * of it.
 *
 * @param stage the stage of the program that it belongs to, from 0
 * @param weightBytes its weights
 * @param fraction which part of the times is its own: 1 but for some of the columns
 * @param resident its time when the weights are on the chip
 * @param streamed its time when they are read for each call
 */
record Layer(int stage, long weightBytes, double fraction, StageTime resident, StageTime streamed) {

    /** This part as equal ones, each with some of the columns; at least one. */
    Stream<Layer> divided(long pieces) {
        long count = Math.max(1, pieces);
        return LongStream.range(0, count)
                .mapToObj(i -> new Layer(
                        stage,
                        weightBytes / count + (i < weightBytes % count ? 1 : 0),
                        fraction / count,
                        resident,
                        streamed));
    }

    double residentSeconds() {
        return fraction * resident.seconds();
    }

    double streamedSeconds() {
        return fraction * streamed.seconds();
    }
}
