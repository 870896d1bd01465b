package dev.infermark.serve.metrics;

import dev.infermark.hardware.Instance;
import java.util.Map;
import java.util.SortedMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A report as neuron-monitor prints it (AWS Neuron documentation, Neuron Monitor User Guide). What is not modelled says
 * so in its group's {@code error}; the modelled device has no faults, so that those counts are zero.
 */
record NeuronMonitorJson(MonitoredMachine machine) {
    private static final String NOT_MODELLED = "not modelled";
    private static final double PERCENT = 100;

    /** One line. */
    String line(PeriodReport report) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        ObjectNode process = root.putArray("neuron_runtime_data").addObject();
        process.put("pid", ProcessHandle.current().pid());
        process.put("neuron_runtime_tag", machine.runtimeTag());
        process.put("error", "");
        ObjectNode runtime = process.putObject("report");
        neuronCores(group(runtime, "neuroncore_counters", report), report);
        executions(group(runtime, "execution_stats", report), report);
        memory(group(runtime, "memory_used", report));
        unmodelled(runtime, "neuron_runtime_vcpu_usage", report);
        ObjectNode system = root.putObject("system_data");
        devices(group(system, "neuron_hw_counters", report).putArray("neuron_devices"));
        unmodelled(system, "vcpu_usage", report);
        host(group(system, "memory_info", report));
        instance(root.putObject("instance_info"));
        hardware(root.putObject("neuron_hardware_info"));
        return root.toString();
    }

    private static ObjectNode group(ObjectNode parent, String name, PeriodReport report) {
        ObjectNode group = parent.putObject(name);
        group.put("period", report.seconds());
        group.put("error", "");
        return group;
    }

    private static void unmodelled(ObjectNode parent, String name, PeriodReport report) {
        group(parent, name, report).put("error", NOT_MODELLED);
    }

    private void neuronCores(ObjectNode group, PeriodReport report) {
        ObjectNode cores = group.putObject("neuroncores_in_use");
        machine.memory().keySet().forEach(core -> cores.putObject(String.valueOf(core))
                .put("neuroncore_utilization", PERCENT * report.utilization().get(core)));
    }

    private static void executions(ObjectNode group, PeriodReport report) {
        ObjectNode errors = group.putObject("error_summary");
        for (String type : MetricsText.ERROR_TYPES) {
            errors.put(type, 0);
        }
        ObjectNode summary = group.putObject("execution_summary");
        summary.put("completed", report.completed());
        for (String status : MetricsText.FAULTS) {
            summary.put(status, 0);
        }
        summary.put("incorrect_input", report.incorrectInput());
        summary.put("failed_to_queue", report.failedToQueue());
        ObjectNode latencies = group.putObject("latency_stats");
        latency(latencies, "total_latency", report.totalLatency());
        latency(latencies, "device_latency", report.deviceLatency());
    }

    private static void latency(ObjectNode parent, String name, SortedMap<Integer, Double> seconds) {
        if (seconds.isEmpty()) {
            parent.putNull(name);
        } else {
            ObjectNode percentiles = parent.putObject(name);
            seconds.forEach((percentile, value) -> percentiles.put("p" + percentile, value));
        }
    }

    private void memory(ObjectNode group) {
        ObjectNode used = group.putObject("neuron_runtime_used_bytes");
        used.put("neuron_device", machine.deviceBytes());
        ObjectNode cores = used.putObject("usage_breakdown").putObject("neuroncore_memory_usage");
        machine.memory().forEach((core, classes) -> put(cores.putObject(String.valueOf(core)), classes));
    }

    private static void put(ObjectNode node, Map<MemoryClass, Long> classes) {
        classes.forEach((memory, bytes) -> node.put(memory.label(), bytes));
    }

    private void devices(ArrayNode devices) {
        for (int i = 0; i < machine.instance().chipCount(); i++) {
            devices.addObject()
                    .put("neuron_device_index", i)
                    .put("mem_ecc_corrected", 0)
                    .put("mem_ecc_uncorrected", 0)
                    .put("sram_ecc_corrected", 0)
                    .put("sram_ecc_uncorrected", 0);
        }
    }

    private void host(ObjectNode group) {
        group.put("memory_total_bytes", machine.instance().hostMemoryBytes());
        group.put("error", "memory_used_bytes and swap are " + NOT_MODELLED);
    }

    private void instance(ObjectNode info) {
        info.put("instance_name", MetricsText.INSTANCE_NAME);
        info.put("instance_id", "");
        info.put("instance_type", machine.instance().name());
        info.put("instance_availability_zone", "");
        info.put("instance_availability_zone_id", "");
        info.put("instance_region", "");
        info.put("ami_id", "");
        info.put("subnet_id", "");
        info.put("error", "a modelled instance, which is nowhere");
    }

    private void hardware(ObjectNode info) {
        Instance instance = machine.instance();
        info.put("neuron_device_count", instance.chipCount());
        info.put("neuron_device_memory_size", instance.chip().memory().capacityBytes());
        info.put("neuroncore_per_device_count", instance.chip().coreCount());
        info.put("error", "");
    }
}
