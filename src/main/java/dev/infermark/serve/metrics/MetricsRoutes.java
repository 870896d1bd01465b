package dev.infermark.serve.metrics;

import dev.infermark.serve.device.ModelStatistics;
import dev.infermark.serve.pacing.PacedClock;
import dev.infermark.serve.protocol.ProtocolException;
import io.helidon.http.HeaderNames;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * {@code /metrics} for Prometheus, and {@code /neuron-monitor?period=5&count=1}: a line of neuron-monitor's JSON for
 * each period, until the count is reached or the client goes.
 */
public final class MetricsRoutes implements HttpService {
    /** Both tools' default. */
    private static final Duration PERIOD = Duration.ofSeconds(5);

    private static final double LEAST_SECONDS = 0.1;
    private static final double MOST_SECONDS = 86_400;
    private static final double NANOS = 1e9;

    private final MonitoredMachine machine;
    private final DeviceCounters counters;
    private final List<String> models;
    private final ModelStatistics statistics;
    private final PacedClock clock;
    private final LastPeriod lastPeriod;

    /**
     * Routes; periods are counted from now on.
     *
     * @param models served names
     */
    public MetricsRoutes(
            MonitoredMachine machine,
            DeviceCounters counters,
            List<String> models,
            ModelStatistics statistics,
            PacedClock clock) {
        this.machine = machine;
        this.counters = counters;
        this.models = List.copyOf(models);
        this.statistics = statistics;
        this.clock = clock;
        this.lastPeriod = new LastPeriod(counters, clock, PERIOD);
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/metrics", (_, response) -> {
            response.header(HeaderNames.CONTENT_TYPE, MetricsText.CONTENT_TYPE);
            response.send(text());
        });
        rules.get("/neuron-monitor", this::stream);
    }

    /** What {@code /metrics} answers now. */
    byte[] text() {
        return MetricsText.of(machine, counters.snapshot(clock.nanos()), lastPeriod.report(), models, statistics);
    }

    private void stream(ServerRequest request, ServerResponse response) throws IOException, InterruptedException {
        double seconds = number(request, "period", (double) PERIOD.toSeconds());
        double count = number(request, "count", Double.POSITIVE_INFINITY);
        if (!(seconds >= LEAST_SECONDS && seconds <= MOST_SECONDS)) {
            throw ProtocolException.invalid("a period of " + seconds + " s cannot be; give 0.1 to 86400");
        }
        response.header(HeaderNames.CONTENT_TYPE, "application/x-ndjson");
        NeuronMonitorJson json = new NeuronMonitorJson(machine);
        DeviceCounters.Snapshot before = counters.snapshot(clock.nanos());
        try (OutputStream out = response.outputStream()) {
            for (long line = 0; line < count; line++) {
                clock.sleepUntil(before.nanos() + Math.round(NANOS * seconds));
                DeviceCounters.Snapshot now = counters.snapshot(clock.nanos());
                out.write((json.line(PeriodReport.between(before, now)) + "\n").getBytes(StandardCharsets.UTF_8));
                out.flush();
                before = now;
            }
        }
    }

    private static double number(ServerRequest request, String name, double otherwise) {
        String text = request.query().first(name).orElse("");
        try {
            double value = text.isEmpty() ? otherwise : Double.parseDouble(text);
            if (value > 0) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Said below, as for a number that is none of these.
        }
        throw ProtocolException.invalid(name + " is '" + text + "', no number above 0");
    }
}
