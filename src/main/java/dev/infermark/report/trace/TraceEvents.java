package dev.infermark.report.trace;

import java.io.StringWriter;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.json.JsonMapper;

/** Writes events of Chrome's trace-event format, with times in microseconds and every digit of them. */
final class TraceEvents {
    private static final double MICRO = 1e6;

    private final JsonGenerator json;

    private TraceEvents(JsonGenerator json) {
        this.json = json;
    }

    /**
     * A whole file.
     *
     * @param events writes the events
     * @param about facts about the modelled run
     */
    static String file(Consumer<TraceEvents> events, Map<String, Object> about) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JsonMapper.shared().createGenerator(text)) {
            json.writeStartObject();
            json.writeName("traceEvents").writeStartArray();
            events.accept(new TraceEvents(json));
            json.writeEndArray();
            json.writeStringProperty("displayTimeUnit", "ns");
            json.writeName("otherData").writeStartObject();
            json.writeBooleanProperty("is_simulation", true);
            about.forEach(json::writePOJOProperty);
            json.writeEndObject();
            json.writeEndObject();
        }
        return text + "\n";
    }

    void process(int process, String name) {
        named("process_name", process, 0, name);
    }

    void thread(int process, int thread, String name) {
        named("thread_name", process, thread, name);
    }

    private void named(String what, int process, int thread, String name) {
        begin(what, "M", process, thread);
        json.writePOJOProperty("args", Map.of("name", name));
        json.writeEndObject();
    }

    /** A piece of work from its start to its end. */
    void complete(
            String name, int process, int thread, double start, double seconds, Map<String, String> arguments) {
        begin(name, "X", process, thread);
        json.writeNumberProperty("ts", MICRO * start);
        json.writeNumberProperty("dur", MICRO * seconds);
        json.writePOJOProperty("args", arguments);
        json.writeEndObject();
    }

    /** A number that holds until the next one of its name. */
    void counter(String name, int process, double at, double value) {
        begin(name, "C", process, 0);
        json.writeNumberProperty("ts", MICRO * at);
        json.writePOJOProperty("args", Map.of("value", value));
        json.writeEndObject();
    }

    private void begin(String name, String phase, int process, int thread) {
        json.writeStartObject();
        json.writeStringProperty("name", name);
        json.writeStringProperty("ph", phase);
        json.writeNumberProperty("pid", process);
        json.writeNumberProperty("tid", thread);
    }
}
