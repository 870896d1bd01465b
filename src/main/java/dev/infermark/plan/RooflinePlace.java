package dev.infermark.plan;

import dev.infermark.deploy.Network;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.StageWork;
import dev.infermark.hardware.LaneEngine;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.simulate.Resource;
import dev.infermark.simulate.StageRun;
import java.util.ArrayList;
import java.util.List;

/**
 * Where a layer or an engine stands below the limits of its core: operations per byte against operations per second.
 *
 * @param name the layer or engine
 * @param count equal layers that follow each other
 * @param operations what it computes, in a call; of layers and the Tensor engine the floating-point operations of
 *     matmuls and convolutions, of other engines the elements that their documented time is worth
 * @param bytes what is moved between device memory and SBUF meanwhile
 * @param seconds how long that takes
 * @param peak documented operations per second of the engine, of layers those of the Tensor engine
 * @param bytesPerSecond documented rate of the device memory
 */
public record RooflinePlace(
        String name,
        long count,
        double operations,
        double bytes,
        double seconds,
        double peak,
        double bytesPerSecond) {

    /** Operations per byte. */
    public double intensity() {
        return operations / bytes;
    }

    /** Operations per second that are reached. */
    public double attained() {
        return operations / seconds;
    }

    /** Operations per second that the tighter limit allows. */
    public double roof() {
        return Math.min(peak, intensity() * bytesPerSecond);
    }

    /** Whether the memory is the tighter limit. */
    public boolean isBelowMemory() {
        return intensity() * bytesPerSecond < peak;
    }

    /** The layers of a prediction; equal ones that follow each other are one place. */
    public static List<RooflinePlace> layers(Network network, Prediction prediction) {
        List<StageWork> work = network.work(prediction);
        double peak = peak(prediction, Resource.TENSOR);
        List<RooflinePlace> places = new ArrayList<>();
        for (StageRun run : StageRun.of(prediction.estimate().stages())) {
            StageWork first = work.get(run.from());
            places.add(new RooflinePlace(
                    run.name(), run.count(), first.flops(), first.bytes(), run.first().seconds(), peak,
                    bytesPerSecond(prediction)));
        }
        return places;
    }

    /** The engines of a prediction that work. */
    public static List<RooflinePlace> engines(Network network, Prediction prediction) {
        double bytes = network.work(prediction).stream().mapToDouble(StageWork::bytes).sum();
        double flops = network.facts().flops();
        List<RooflinePlace> places = new ArrayList<>();
        for (Resource resource : List.of(Resource.TENSOR, Resource.VECTOR, Resource.SCALAR)) {
            double peak = peak(prediction, resource);
            double operations =
                    resource == Resource.TENSOR ? flops : peak * prediction.estimate().busy(resource);
            if (operations > 0) {
                places.add(new RooflinePlace(
                        resource.label(), 1, operations, bytes, prediction.estimate().seconds(), peak,
                        bytesPerSecond(prediction)));
            }
        }
        return places;
    }

    private static double bytesPerSecond(Prediction prediction) {
        return prediction.deployment().instance().chip().memory().bytesPerSecond();
    }

    private static double peak(Prediction prediction, Resource resource) {
        NeuronCore core = prediction.deployment().instance().chip().core();
        return switch (resource) {
            case TENSOR -> core.tensor().peakOperationsPerSecond(prediction.precision().matmul());
            case VECTOR -> elements(core.vector());
            case SCALAR -> elements(core.scalar());
            case GPSIMD, DMA -> throw new IllegalArgumentException(resource + " has no peak of operations");
        };
    }

    private static double elements(LaneEngine engine) {
        return engine.laneCount() * engine.clockHz();
    }
}
