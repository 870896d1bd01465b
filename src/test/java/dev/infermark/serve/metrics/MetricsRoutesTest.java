package dev.infermark.serve.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.serve.device.Answer;
import dev.infermark.serve.device.Execution;
import dev.infermark.serve.device.ManualClock;
import dev.infermark.serve.device.ModelStatistics;
import dev.infermark.serve.device.ServingListener;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class MetricsRoutesTest {
    private static final long MILLI = 1_000_000;
    private static final Instance INSTANCE = Catalog.builtIn().instance("inf2.xlarge");
    private static final Pattern METRIC = Pattern.compile("\\b(?:neuron|execution_|nv_|system_|instance_)\\w+");

    private final ManualClock clock = new ManualClock();
    private final ModelStatistics statistics = new ModelStatistics();
    private final DeviceCounters counters = new DeviceCounters(INSTANCE.coreCount());
    private final ServingListener listener = ServingListener.all(List.of(statistics, counters));
    private final MonitoredMachine machine = new MonitoredMachine(INSTANCE, memory(), "7");
    private final MetricsRoutes routes =
            new MetricsRoutes(machine, counters, List.of("bert"), statistics, clock);

    private static SortedMap<Integer, Map<MemoryClass, Long>> memory() {
        Map<MemoryClass, Long> core = Map.of(
                MemoryClass.CONSTANTS, 5L,
                MemoryClass.MODEL_CODE, 4L,
                MemoryClass.MODEL_SHARED_SCRATCHPAD, 3L,
                MemoryClass.RUNTIME_MEMORY, 2L,
                MemoryClass.TENSORS, 1L);
        return new TreeMap<>(Map.of(0, core, 1, core));
    }

    /** A call of two sequences on the first core, which is held for 2 ms and answers after 4 ms. */
    private void call() {
        long start = clock.nanos();
        listener.executed(new Execution("bert", 0, 1, 2, start, start + 4 * MILLI, 0.002, 0.004));
        for (int i = 0; i < 2; i++) {
            listener.answered(new Answer("bert", Answer.Outcome.ANSWERED, 1, 0.001, 0.004));
        }
    }

    private String text() {
        return new String(routes.text(), StandardCharsets.UTF_8);
    }

    private double value(String metric, String label) {
        return text().lines()
                .filter(line -> line.startsWith(metric + "{") && line.contains(label))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
                .findFirst()
                .orElseThrow(() -> new AssertionError(metric + " in\n" + text()));
    }

    @Test
    void utilizationIsTheShareOfThePeriodForWhichACoreWasHeld() {
        for (int i = 0; i < 500; i++) {
            clock.moveTo(i * 10L * MILLI);
            call();
        }
        clock.moveTo(5000 * MILLI);

        assertEquals(0.2, value("neuroncore_utilization_ratio", "neuroncore=\"0\""), 1e-12);
        assertEquals(0, value("neuroncore_utilization_ratio", "neuroncore=\"1\""));
        assertEquals(0.004, value("execution_latency_seconds", "percentile=\"p99\""), 1e-5);
        clock.moveTo(10_000 * MILLI);
        assertEquals(0, value("neuroncore_utilization_ratio", "neuroncore=\"0\""));
        assertFalse(text().contains("execution_latency_seconds"), "a period without executions has no latency");
    }

    @Test
    void aCallThatAPeriodCutsCountsInBoth() {
        clock.moveTo(4999 * MILLI);
        call();
        clock.moveTo(5000 * MILLI);
        assertEquals(1.0 / 5000, value("neuroncore_utilization_ratio", "neuroncore=\"0\""), 1e-12);
        clock.moveTo(10_000 * MILLI);
        assertEquals(1.0 / 5000, value("neuroncore_utilization_ratio", "neuroncore=\"0\""), 1e-12);
    }

    @Test
    void requestsAreCountedUnderTritonsNames() {
        call();
        listener.answered(Answer.without("bert", Answer.Outcome.TURNED_AWAY));
        listener.answered(Answer.without("bert", Answer.Outcome.REFUSED));

        assertEquals(2, value("nv_inference_request_success", "bert"));
        assertEquals(2, value("nv_inference_count", "bert"));
        assertEquals(1, value("nv_inference_exec_count", "bert"));
        assertEquals(1, value("nv_inference_request_failure", "REJECTED"));
        assertEquals(2000, value("nv_inference_queue_duration_us", "bert"));
        assertEquals(8000, value("nv_inference_compute_infer_duration_us", "bert"));
        assertEquals(10_000, value("nv_inference_request_duration_us", "bert"));
        assertEquals(1, value("execution_status_total", "completed\""));
        assertEquals(1, value("execution_status_total", "failed_to_queue"));
        assertEquals(1, value("execution_status_total", "incorrect_input"));
        assertEquals(30, value("neuron_runtime_memory_used_bytes", "neuron_device"));
    }

    @Test
    void everyMetricThatTheDashboardNamesIsExposed() throws Exception {
        call();
        clock.moveTo(5000 * MILLI);
        Set<String> exposed = text().lines()
                .filter(line -> !line.startsWith("#"))
                .map(line -> line.substring(0, line.indexOf('{')))
                .collect(Collectors.toSet());
        JsonNode dashboard = JsonMapper.shared()
                .readTree(Files.readString(Path.of("src/site/resources/grafana-infermark.json")));
        Set<String> named = new TreeSet<>();
        List<JsonNode> questions = dashboard.findValues("expr");
        questions.addAll(dashboard.findValues("query"));
        for (JsonNode question : questions) {
            String withoutLabels = question.asString().replaceAll("\\{[^}]*}|, \\w+\\)", "");
            METRIC.matcher(withoutLabels).results().map(MatchResult::group).forEach(named::add);
        }

        assertTrue(named.size() >= 15, named::toString);
        named.removeAll(exposed);
        assertEquals(Set.of(), named);
    }

    @Test
    void aLineOfNeuronMonitorHasItsLayout() {
        DeviceCounters.Snapshot before = counters.snapshot(0);
        call();
        JsonNode line = JsonMapper.shared()
                .readTree(new NeuronMonitorJson(machine)
                        .line(PeriodReport.between(before, counters.snapshot(10 * MILLI))));

        JsonNode report = line.at("/neuron_runtime_data/0/report");
        assertEquals(20, report.at("/neuroncore_counters/neuroncores_in_use/0/neuroncore_utilization").doubleValue());
        assertEquals(0.01, report.at("/neuroncore_counters/period").doubleValue());
        assertEquals(1, report.at("/execution_stats/execution_summary/completed").intValue());
        assertEquals(0.004, report.at("/execution_stats/latency_stats/total_latency/p50").doubleValue(), 1e-5);
        assertEquals(0.002, report.at("/execution_stats/latency_stats/device_latency/p100").doubleValue(), 1e-5);
        assertEquals(
                5,
                report.at("/memory_used/neuron_runtime_used_bytes/usage_breakdown/neuroncore_memory_usage/1/constants")
                        .intValue());
        assertEquals("not modelled", line.at("/system_data/vcpu_usage/error").asString());
        assertEquals("inf2.xlarge", line.at("/instance_info/instance_type").asString());
        assertEquals(2, line.at("/neuron_hardware_info/neuroncore_per_device_count").intValue());
    }
}
