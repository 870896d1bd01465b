package dev.infermark.report.trace;

import dev.infermark.deploy.generate.Cause;
import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.deploy.generate.GenerationTimeline;
import dev.infermark.deploy.generate.LayerTime;
import dev.infermark.hardware.Chip;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The first token and the step after it in Chrome's trace-event format: a process for each chip of the group that
 * shares the network, threads of each of its cores for what a layer takes its time for, its collectives among them,
 * and a process for the host. The cores of a group do the same at the same time.
 */
public final class GenerationTrace {
    private static final List<Cause> ON_CORES =
            List.of(Cause.WEIGHTS, Cause.CACHE, Cause.ATTENTION, Cause.COLLECTIVES, Cause.SAMPLING);
    private static final double MICRO = 1e6;
    private static final double GIGA = 1e9;
    private static final int HOST = 0;

    private final GenerationQuote quote;
    private final TraceEvents events;
    private final int coresPerChip;

    private GenerationTrace(GenerationQuote quote, TraceEvents events) {
        this.quote = quote;
        this.events = events;
        this.coresPerChip = quote.question().instance().chip().coreCount();
    }

    /** The trace of a group of cores. */
    public static String write(GenerationQuote quote, GenerationTimeline timeline) {
        return TraceEvents.file(events -> new GenerationTrace(quote, events).write(timeline), about(quote));
    }

    private static Map<String, Object> about(GenerationQuote quote) {
        Map<String, Object> about = new LinkedHashMap<>();
        about.put("model_name", quote.modelName());
        about.put("instance_type", quote.question().instance().name());
        about.put("tensor_parallel_size", quote.question().degree());
        about.put("data_parallel_size", quote.copies());
        about.put("batch_size", quote.question().request().batch());
        about.put("ttft_us", MICRO * quote.prediction().timeToFirstToken());
        about.put("tpot_us", MICRO * quote.prediction().timePerToken());
        return about;
    }

    private void write(GenerationTimeline timeline) {
        Chip chip = quote.question().instance().chip();
        int cores = quote.question().degree();
        events.process(HOST, quote.question().instance().name() + ", host (modelled)");
        events.thread(HOST, 1, "calls, sampling");
        for (int core = 0; core < cores; core++) {
            if (core % coresPerChip == 0) {
                events.process(process(core), chip.title() + " " + core / coresPerChip + " (modelled)");
            }
            for (Cause cause : ON_CORES) {
                events.thread(process(core), thread(core, cause), "NeuronCore " + core + ", " + cause.label());
            }
        }
        double now = phase("prefill", timeline.prefill(), 0);
        phase("decode", timeline.step(), now);
    }

    /** Lays the parts of a phase one after the other; returns its end. */
    private double phase(String phase, List<LayerTime> layers, double start) {
        double now = start;
        for (LayerTime layer : layers) {
            for (Cause cause : Cause.values()) {
                double seconds = layer.time().of(cause);
                if (seconds > 0) {
                    piece(phase, layer, cause, now, seconds);
                    now += seconds;
                }
            }
        }
        return now;
    }

    private void piece(String phase, LayerTime layer, Cause cause, double start, double seconds) {
        Map<String, String> arguments = Map.of("phase", phase, "layer", layer.name(), "cause", cause.label());
        if (layer.isOnHost()) {
            events.complete(phase + " " + layer.name(), HOST, 1, start, seconds, arguments);
            return;
        }
        for (int core = 0; core < quote.question().degree(); core++) {
            events.complete(phase + " " + layer.name(), process(core), thread(core, cause), start, seconds, arguments);
        }
        // What a prefill streams is less than the rate by as much as its products take longer.
        if (phase.equals("decode")) {
            boolean isStreaming = cause == Cause.WEIGHTS || cause == Cause.CACHE;
            double rate = quote.question().instance().chip().core().dma().bytesPerSecond() / GIGA;
            for (int core = 0; core < quote.question().degree(); core += coresPerChip) {
                int sharing = Math.min(coresPerChip, quote.question().degree() - core);
                events.counter("device memory, GB/s", process(core), start, isStreaming ? sharing * rate : 0);
            }
        }
    }

    private int process(int core) {
        return 1 + core / coresPerChip;
    }

    private static int thread(int core, Cause cause) {
        return 1 + core * ON_CORES.size() + ON_CORES.indexOf(cause);
    }
}
