package dev.infermark.report.trace;

import dev.infermark.deploy.Prediction;
import dev.infermark.hardware.Chip;
import dev.infermark.simulate.Estimate;
import dev.infermark.simulate.Resource;
import dev.infermark.simulate.Span;
import dev.infermark.simulate.StageTime;
import dev.infermark.simulate.Timeline;
import java.io.StringWriter;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/**
 * A modelled call in Chrome's trace-event format: a process for a core, a thread for each engine and one for the host,
 * counters of the device memory's bandwidth and of engines at work. Times are microseconds with every digit, so that
 * the exposed spans of an engine sum to its share of the estimate.
 */
public final class ChromeTrace {
    private static final List<Resource> THREADS = List.of(Resource.values());
    private static final double MICRO = 1e6;
    private static final double GIGA = 1e9;
    private static final int CORE = 1;
    private static final int HOST = 2;

    private final Prediction prediction;
    private final double streamBytesPerSecond;
    private final JsonGenerator json;

    private ChromeTrace(Prediction prediction, double streamBytesPerSecond, JsonGenerator json) {
        this.prediction = prediction;
        this.streamBytesPerSecond = streamBytesPerSecond;
        this.json = json;
    }

    /**
     * The trace of a call on one core, the host's part after it.
     *
     * @param streamBytesPerSecond rate at which DMA moves bytes while it is busy
     */
    public static String write(Prediction prediction, double streamBytesPerSecond) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonMapper.shared().createGenerator(text)) {
            new ChromeTrace(prediction, streamBytesPerSecond, json).write();
        }
        return text + "\n";
    }

    private void write() {
        json.writeStartObject();
        json.writeName("traceEvents").writeStartArray();
        Chip chip = prediction.deployment().instance().chip();
        named("process_name", CORE, 0, chip.title() + " 0, NeuronCore 0 (modelled)");
        for (Resource resource : Resource.values()) {
            named("thread_name", CORE, thread(resource), resource.label());
        }
        named("process_name", HOST, 0, prediction.deployment().instance().name() + ", host (modelled)");
        named("thread_name", HOST, 1, "calls and copies");
        Estimate estimate = prediction.estimate();
        new Timeline(estimate).spans().sorted(Comparator.comparingDouble(Span::start)).forEach(this::span);
        estimate.stages().forEach(this::counters);
        counter("device memory, GB/s", estimate.seconds(), 0);
        counter("engines at work", estimate.seconds(), 0);
        complete("call, copies and waiting", HOST, 1, estimate.seconds(), prediction.hostSeconds(), Map.of());
        json.writeEndArray();
        json.writeStringProperty("displayTimeUnit", "ns");
        json.writeName("otherData").writeStartObject();
        json.writeBooleanProperty("is_simulation", true);
        json.writeStringProperty("model_name", prediction.model());
        json.writeStringProperty("instance_type", prediction.deployment().instance().name());
        json.writeNumberProperty("batch_size", prediction.batch());
        json.writeNumberProperty("n_models", prediction.deployment().cores());
        json.writeNumberProperty("core_us", MICRO * estimate.seconds());
        json.writeNumberProperty("host_us", MICRO * prediction.hostSeconds());
        json.writeNumberProperty("latency_p50_us", MICRO * prediction.latencySeconds());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void span(Span span) {
        String word = switch (span.kind()) {
            case EXPOSED -> "exposed";
            case OVERLAPPED -> "overlapped";
        };
        complete(span.stage(), CORE, thread(span.resource()), span.start(), span.seconds(),
                Map.of("layer", span.stage(), "kind", word));
    }

    private void counters(StageTime stage) {
        if (stage.seconds() > 0) {
            double busy = 0;
            for (Resource resource : Resource.values()) {
                busy += resource == Resource.DMA ? 0 : stage.busy(resource);
            }
            counter("device memory, GB/s", stage.start(),
                    stage.busy(Resource.DMA) / stage.seconds() * streamBytesPerSecond / GIGA);
            counter("engines at work", stage.start(), busy / stage.seconds());
        }
    }

    private void complete(
            String name, int process, int thread, double start, double seconds, Map<String, String> arguments) {
        begin(name, "X", process, thread);
        json.writeNumberProperty("ts", MICRO * start);
        json.writeNumberProperty("dur", MICRO * seconds);
        json.writePOJOProperty("args", arguments);
        json.writeEndObject();
    }

    private void counter(String name, double at, double value) {
        begin(name, "C", CORE, 0);
        json.writeNumberProperty("ts", MICRO * at);
        json.writePOJOProperty("args", Map.of("value", value));
        json.writeEndObject();
    }

    private void named(String what, int process, int thread, String name) {
        begin(what, "M", process, thread);
        json.writePOJOProperty("args", Map.of("name", name));
        json.writeEndObject();
    }

    private void begin(String name, String phase, int process, int thread) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("ph", phase);
        json.writeNumberProperty("pid", process);
        json.writeNumberProperty("tid", thread);
    }

    private static int thread(Resource resource) {
        return THREADS.indexOf(resource) + 1;
    }
}
