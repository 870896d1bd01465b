package dev.infermark.serve.metrics;

import dev.infermark.hardware.Instance;
import dev.infermark.serve.device.Answer;
import dev.infermark.serve.device.ModelStatistics;
import dev.infermark.serve.model.ServedModel;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot;
import io.prometheus.metrics.model.snapshots.UnknownSnapshot.UnknownDataPointSnapshot;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/**
 * The text that Prometheus scrapes: the metrics of neuron-monitor's exporter ({@code neuron-monitor-prometheus.py} of
 * the AWS Neuron tools) and those of Triton's inference requests (Triton Inference Server, Metrics). Triton's counts
 * have no type, since the writer of counters would add {@code _total} to their names.
 */
final class MetricsText {
    /** The content type of the text. */
    static final String CONTENT_TYPE = PrometheusTextFormatWriter.CONTENT_TYPE;

    /** What stands for the name of the instance, so that nobody takes it for a real one. */
    static final String INSTANCE_NAME = "infermark";

    /** Kinds of errors of executions; a modelled device has none. */
    static final List<String> ERROR_TYPES =
            List.of("generic", "numerical", "transient", "model", "runtime", "hardware");

    /** Ways in which an execution fails on the device; a modelled one never does. */
    static final List<String> FAULTS = List.of("completed_with_err", "completed_with_num_err", "timed_out");

    private static final double MICROS = 1e6;

    private final MonitoredMachine machine;
    private final List<MetricSnapshot> metrics = new ArrayList<>();

    private MetricsText(MonitoredMachine machine) {
        this.machine = machine;
    }

    /**
     * The text.
     *
     * @param totals counts since the start
     * @param period the last whole period
     * @param statistics of requests by model
     */
    static byte[] of(
            MonitoredMachine machine,
            DeviceCounters.Snapshot totals,
            PeriodReport period,
            List<String> models,
            ModelStatistics statistics) {
        MetricsText text = new MetricsText(machine);
        text.neuronCores(period);
        text.executions(totals, period);
        text.infos();
        text.requests(models, statistics);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            PrometheusTextFormatWriter.create().write((OutputStream) out, new MetricSnapshots(text.metrics));
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return out.toByteArray();
    }

    private void neuronCores(PeriodReport period) {
        GaugeSnapshot.Builder utilization =
                gauge("neuroncore_utilization_ratio", "Share of the last period for which a NeuronCore was at work");
        machine.memory().keySet().forEach(core -> add(
                utilization,
                period.utilization().get(core),
                labels("neuroncore", String.valueOf(core))));
        metrics.add(utilization.build());
        for (MemoryClass memory : MemoryClass.values()) {
            GaugeSnapshot.Builder used = gauge(
                    "neuroncore_memory_usage_" + memory.label(), "Device memory of a NeuronCore, in bytes");
            machine.memory().forEach((core, classes) -> Optional.ofNullable(classes.get(memory))
                    .ifPresent(bytes -> add(used, bytes, labels("neuroncore", String.valueOf(core)))));
            metrics.add(used.build());
        }
        metrics.add(add(
                        gauge("neuron_runtime_memory_used_bytes", "Memory that the runtime uses, in bytes"),
                        (double) machine.deviceBytes(),
                        labels("memory_location", "neuron_device"))
                .build());
    }

    private void executions(DeviceCounters.Snapshot totals, PeriodReport period) {
        CounterSnapshot.Builder status =
                CounterSnapshot.builder().name("execution_status").help("Executions by how they ended");
        add(status, (double) totals.executed(), labels("status_type", "completed"));
        FAULTS.forEach(fault -> add(status, 0, labels("status_type", fault)));
        add(status, (double) totals.incorrectInput(), labels("status_type", "incorrect_input"));
        add(status, (double) totals.failedToQueue(), labels("status_type", "failed_to_queue"));
        metrics.add(status.build());
        CounterSnapshot.Builder errors =
                CounterSnapshot.builder().name("execution_errors").help("Errors of executions");
        ERROR_TYPES.forEach(type -> add(errors, 0, labels("error_type", type)));
        metrics.add(errors.build());
        GaugeSnapshot.Builder latency =
                gauge("execution_latency_seconds", "Modelled latency of executions in the last period");
        period.totalLatency()
                .forEach((percentile, seconds) -> add(latency, seconds, labels("percentile", "p" + percentile)));
        metrics.add(latency.build());
    }

    private void infos() {
        Instance instance = machine.instance();
        metrics.add(add(
                        gauge("system_memory_total_bytes", "Memory of the instance's host, in bytes"),
                        (double) instance.hostMemoryBytes(),
                        labels())
                .build());
        metrics.add(info("instance", "The modelled instance", labels()));
        metrics.add(info(
                "neuron_hardware",
                "Its accelerators",
                labels().add("neuron_device_count", String.valueOf(instance.chipCount()))
                        .add("neuroncore_per_device_count", String.valueOf(instance.chip().coreCount()))));
    }

    private void requests(List<String> models, ModelStatistics statistics) {
        triton(models, statistics, "request_success", "Requests answered", ModelStatistics.Counts::answered);
        UnknownSnapshot.Builder failures =
                UnknownSnapshot.builder().name("nv_inference_request_failure").help("Requests not answered");
        Map<String, Answer.Outcome> reasons = Map.of(
                "REJECTED", Answer.Outcome.TURNED_AWAY,
                "CANCELED", Answer.Outcome.ABANDONED,
                "OTHER", Answer.Outcome.REFUSED);
        for (String model : models) {
            reasons.forEach((reason, outcome) -> failures.dataPoint(point(
                    (double) statistics.of(model).count(outcome), ofModel(model).add("reason", reason))));
        }
        metrics.add(failures.build());
        triton(models, statistics, "count", "Sequences or images answered", ModelStatistics.Counts::inferences);
        triton(models, statistics, "exec_count", "Calls of the device", ModelStatistics.Counts::executions);
        triton(models, statistics, "request_duration_us", "Modelled time of answered requests",
                counts -> MICROS * (counts.queueSeconds() + counts.computeSeconds()));
        triton(models, statistics, "queue_duration_us", "Modelled time for which answered requests waited",
                counts -> MICROS * counts.queueSeconds());
        triton(models, statistics, "compute_input_duration_us", "Counted as compute_infer", _ -> 0);
        triton(models, statistics, "compute_infer_duration_us", "Modelled time of answered requests in calls",
                counts -> MICROS * counts.computeSeconds());
        triton(models, statistics, "compute_output_duration_us", "Counted as compute_infer", _ -> 0);
    }

    private void triton(
            List<String> models,
            ModelStatistics statistics,
            String name,
            String help,
            ToDoubleFunction<ModelStatistics.Counts> value) {
        UnknownSnapshot.Builder snapshot =
                UnknownSnapshot.builder().name("nv_inference_" + name).help(help);
        models.forEach(model -> snapshot.dataPoint(
                point(Math.rint(value.applyAsDouble(statistics.of(model))), ofModel(model))));
        metrics.add(snapshot.build());
    }

    private static Labels ofModel(String model) {
        return Labels.of("model", model, "version", ServedModel.VERSION);
    }

    private static UnknownDataPointSnapshot point(double value, Labels labels) {
        return UnknownDataPointSnapshot.builder().value(value).labels(labels).build();
    }

    private static GaugeSnapshot.Builder gauge(String name, String help) {
        return GaugeSnapshot.builder().name(name).help(help);
    }

    private static GaugeSnapshot.Builder add(GaugeSnapshot.Builder gauge, double value, Labels labels) {
        return gauge.dataPoint(
                GaugeDataPointSnapshot.builder().value(value).labels(labels).build());
    }

    private static void add(CounterSnapshot.Builder counter, double value, Labels labels) {
        counter.dataPoint(
                CounterDataPointSnapshot.builder().value(value).labels(labels).build());
    }

    private static MetricSnapshot info(String name, String help, Labels labels) {
        return InfoSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(InfoDataPointSnapshot.builder().labels(labels).build())
                .build();
    }

    private Labels labels() {
        return Labels.of(
                "instance_name", INSTANCE_NAME,
                "instance_type", machine.instance().name(),
                "runtime_tag", machine.runtimeTag());
    }

    private Labels labels(String name, String value) {
        return labels().add(name, value);
    }
}
