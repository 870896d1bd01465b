package dev.infermark.report.plan;

import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.generate.Cause;
import dev.infermark.deploy.generate.GenerationTimeline;
import dev.infermark.deploy.generate.LayerTime;
import dev.infermark.report.plot.Hue;
import dev.infermark.report.plot.TimelinePlot;
import dev.infermark.report.plot.TimelinePlot.Lane;
import dev.infermark.report.plot.TimelinePlot.Piece;
import dev.infermark.report.plot.TimelinePlot.Shade;
import dev.infermark.simulate.Estimate;
import dev.infermark.simulate.Resource;
import dev.infermark.simulate.StageTime;
import dev.infermark.simulate.Timeline;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Modelled runs as pictures: what works when. */
public final class TimelinePlots {
    private TimelinePlots() {}

    /** A call: all of it, and the layer that takes longest. */
    public static List<TimelinePlot> of(Prediction prediction) {
        Estimate estimate = prediction.estimate();
        List<Lane> lanes = new ArrayList<>(Stream.of(Resource.values())
                .filter(resource -> estimate.busy(resource) > 0 || estimate.share(resource) > 0)
                .map(resource -> new Lane(
                        resource.label(),
                        hue(resource),
                        new Timeline(estimate).spans(resource)
                                .map(span -> new Piece(
                                        span.start(),
                                        span.seconds(),
                                        switch (span.kind()) {
                                            case EXPOSED -> Shade.SOLID;
                                            case OVERLAPPED -> Shade.PALE;
                                        },
                                        span.stage()))
                                .sorted(Comparator.comparingDouble(Piece::start))
                                .toList()))
                .toList());
        StageTime longest = estimate.stages().stream()
                .max(Comparator.comparingDouble(StageTime::seconds))
                .orElseThrow();
        TimelinePlot layer = new TimelinePlot(
                "timeline-layer", "The layer that takes longest: " + longest.name(), longest.start(), longest.end(),
                List.copyOf(lanes));
        lanes.add(new Lane("host", Hue.GREY, List.of(new Piece(
                estimate.seconds(), prediction.hostSeconds(), Shade.SOLID, "call, copies and waiting"))));
        TimelinePlot whole = new TimelinePlot(
                "timeline", "A call on one core", 0, estimate.seconds() + prediction.hostSeconds(), lanes);
        return estimate.stages().size() == 1 ? List.of(whole) : List.of(whole, layer);
    }

    /** Text generation: the first token, and a further one. */
    public static List<TimelinePlot> of(GenerationTimeline timeline) {
        return List.of(
                phase("timeline-prefill", "The first token", timeline.prefill()),
                phase("timeline-decode", "A further token", timeline.step()));
    }

    private static TimelinePlot phase(String name, String title, List<LayerTime> layers) {
        Map<Cause, List<Piece>> pieces = new EnumMap<>(Cause.class);
        double now = 0;
        for (LayerTime layer : layers) {
            for (Cause cause : Cause.values()) {
                double seconds = layer.time().of(cause);
                if (seconds > 0) {
                    pieces.computeIfAbsent(cause, _ -> new ArrayList<>())
                            .add(new Piece(now, seconds, Shade.SOLID, layer.name()));
                    now += seconds;
                }
            }
        }
        return new TimelinePlot(name, title, 0, now, pieces.entrySet().stream()
                .map(lane -> new Lane(lane.getKey().label(), hue(lane.getKey()), lane.getValue()))
                .toList());
    }

    private static Hue hue(Resource resource) {
        return switch (resource) {
            case TENSOR -> Hue.BLUE;
            case VECTOR -> Hue.ORANGE;
            case SCALAR -> Hue.GREEN;
            case GPSIMD -> Hue.PURPLE;
            case DMA -> Hue.AMBER;
        };
    }

    private static Hue hue(Cause cause) {
        return switch (cause) {
            case WEIGHTS -> Hue.AMBER;
            case CACHE -> Hue.BLUE;
            case ATTENTION -> Hue.ORANGE;
            case COLLECTIVES -> Hue.PURPLE;
            case SAMPLING -> Hue.GREEN;
            case HOST -> Hue.GREY;
            case RING -> Hue.SKY;
        };
    }
}
