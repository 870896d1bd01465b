package dev.infermark.simulate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * The spans of a run, laid out when they are asked for. Within a stage the shares of the resources follow each other in
 * the order of {@link Resource}; what a resource works beyond its share is laid beside the shares of the others. So the
 * exposed spans of a resource sum to its share of the run, and no two spans of one resource overlap.
 *
 * @param estimate the run
 */
public record Timeline(Estimate estimate) {

    /** All spans, stage by stage. */
    public Stream<Span> spans() {
        return estimate.stages().stream().flatMap(stage -> of(stage).stream());
    }

    /** The spans of one resource. */
    public Stream<Span> spans(Resource resource) {
        return spans().filter(span -> span.resource() == resource);
    }

    private static List<Span> of(StageTime stage) {
        List<Span> spans = new ArrayList<>();
        double now = stage.start();
        for (Resource resource : Resource.values()) {
            double share = stage.shares().of(resource);
            double beside = stage.busy(resource) - share;
            add(spans, resource, stage, Span.Kind.EXPOSED, now, share);
            double before = Math.clamp(beside, 0, now - stage.start());
            add(spans, resource, stage, Span.Kind.OVERLAPPED, now - before, before);
            add(spans, resource, stage, Span.Kind.OVERLAPPED, now + share, beside - before);
            now += share;
        }
        return spans;
    }

    private static void add(
            List<Span> spans, Resource resource, StageTime stage, Span.Kind kind, double start, double seconds) {
        if (seconds > 0) {
            spans.add(new Span(resource, stage.name(), kind, start, seconds));
        }
    }
}
