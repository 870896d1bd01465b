package dev.infermark.report.trace;

import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quote;
import dev.infermark.deploy.StageWork;
import dev.infermark.simulate.Estimate;
import dev.infermark.simulate.Resource;
import dev.infermark.simulate.Span;
import dev.infermark.simulate.StageTime;
import dev.infermark.simulate.Timeline;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A modelled call in Chrome's trace-event format: a process for a core, a thread for each engine and one for the host,
 * counters of SBUF, of the device memory's bandwidth and of engines at work. The exposed spans of an engine sum to its
 * share of the estimate.
 */
public final class ChromeTrace {
    private static final List<Resource> THREADS = List.of(Resource.values());
    private static final double MICRO = 1e6;
    private static final double GIGA = 1e9;
    private static final int CORE = 1;
    private static final int HOST = 2;

    private final Quote quote;
    private final double streamBytesPerSecond;
    private final TraceEvents events;

    private ChromeTrace(Quote quote, double streamBytesPerSecond, TraceEvents events) {
        this.quote = quote;
        this.streamBytesPerSecond = streamBytesPerSecond;
        this.events = events;
    }

    /**
     * The trace of a call on one core, the host's part after it.
     *
     * @param streamBytesPerSecond rate at which DMA moves bytes while it is busy
     */
    public static String write(Quote quote, double streamBytesPerSecond) {
        return TraceEvents.file(
                events -> new ChromeTrace(quote, streamBytesPerSecond, events).write(), about(quote.prediction()));
    }

    private static Map<String, Object> about(Prediction prediction) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("model_name", prediction.model());
        about.put("instance_type", prediction.deployment().instance().name());
        about.put("batch_size", prediction.batch());
        about.put("n_models", prediction.deployment().copies());
        about.put("core_us", MICRO * prediction.estimate().seconds());
        about.put("host_us", MICRO * prediction.hostSeconds());
        about.put("latency_p50_us", MICRO * prediction.latencySeconds());
        return about;
    }

    private void write() {
        Prediction prediction = quote.prediction();
        events.process(CORE, prediction.deployment().instance().chip().title() + " 0, NeuronCore 0 (modelled)");
        for (Resource resource : Resource.values()) {
            events.thread(CORE, thread(resource), resource.label());
        }
        events.process(HOST, prediction.deployment().instance().name() + ", host (modelled)");
        events.thread(HOST, 1, "calls and copies");
        Estimate estimate = prediction.estimate();
        new Timeline(estimate).spans().sorted(Comparator.comparingDouble(Span::start)).forEach(this::span);
        List<StageWork> work = quote.network().work(prediction);
        for (int i = 0; i < work.size(); i++) {
            counters(estimate.stages().get(i), work.get(i));
        }
        counters(estimate.seconds(), 0, 0, 0);
        events.complete("call, copies and waiting", HOST, 1, estimate.seconds(), prediction.hostSeconds(), Map.of());
    }

    private void span(Span span) {
        String word = switch (span.kind()) {
            case EXPOSED -> "exposed";
            case OVERLAPPED -> "overlapped";
        };
        events.complete(span.stage(), CORE, thread(span.resource()), span.start(), span.seconds(),
                Map.of("layer", span.stage(), "kind", word));
    }

    /** SBUF holds the activations that are alive and the layer's weights, as far as there is room. */
    private void counters(StageTime stage, StageWork work) {
        if (stage.seconds() > 0) {
            double busy = 0;
            for (Resource resource : Resource.values()) {
                busy += resource == Resource.DMA ? 0 : stage.busy(resource);
            }
            long room = quote.prediction().deployment().instance().chip().core().sbuf().capacityBytes();
            counters(
                    stage.start(),
                    Math.min(room, work.activationBytes() + work.weightBytes()) / 0x1p20,
                    stage.busy(Resource.DMA) / stage.seconds() * streamBytesPerSecond / GIGA,
                    busy / stage.seconds());
        }
    }

    private void counters(double at, double sbuf, double memory, double engines) {
        events.counter("SBUF in use, MiB", CORE, at, sbuf);
        events.counter("device memory, GB/s", CORE, at, memory);
        events.counter("engines at work", CORE, at, engines);
    }

    private static int thread(Resource resource) {
        return THREADS.indexOf(resource) + 1;
    }
}
