package dev.infermark.report.table;

import dev.infermark.base.UserError;
import dev.infermark.csv.CsvWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The 26 columns that NeuronPerf writes, from tables that have some of them under their own names. What is not
 * modelled, such as the load of the host's CPUs, is {@code N/A}, as NeuronPerf writes it.
 */
final class NeuronPerfCsv {
    private static final List<String> COLUMNS = List.of(
            "model_name", "n_models", "workers_per_model", "pipeline_size", "batch_size", "throughput_avg",
            "throughput_peak", "latency_ms_p0", "latency_ms_p50", "latency_ms_p90", "latency_ms_p95", "latency_ms_p99",
            "latency_ms_p100", "cpu_avg_percent", "cpu_percent_p50", "mem_avg_percent", "mem_percent_p50", "e2e_avg_ms",
            "infer_avg_ms", "total_infs", "total_s", "performance_level", "model_filename", "device_type",
            "instance_type", "cost_per_1m_inf");

    /** Columns of tables by those of NeuronPerf, where the names differ. */
    private static final Map<String, String> OURS = Map.of(
            "throughput_avg", "throughput_per_s",
            "latency_ms_p50", "latency_p50_ms",
            "latency_ms_p99", "latency_p99_ms",
            "infer_avg_ms", "core_ms",
            "cost_per_1m_inf", "cost_per_million_usd");

    private static final String MISSING = "N/A";

    private NeuronPerfCsv() {}

    /** The table in NeuronPerf's columns; refuses one that is not about deployments. */
    static String write(Table table) {
        if (table.columns().stream().noneMatch(column -> column.key().equals("throughput_per_s"))) {
            throw new UserError("neuronperf has the columns of a benchmark, which this table is not; use --format csv");
        }
        List<List<Object>> rows = new ArrayList<>();
        for (List<Cell> row : table.rows()) {
            List<Object> values = new ArrayList<>();
            for (String name : COLUMNS) {
                values.add(value(table, row, name));
            }
            rows.add(values);
        }
        return CsvWriter.text(COLUMNS, rows);
    }

    private static Object value(Table table, List<Cell> row, String name) {
        if (name.equals("device_type")) {
            return "neuron";
        }
        return cell(table, row, OURS.getOrDefault(name, name)).map(TableFormat::forCsv).orElse(MISSING);
    }

    private static Optional<Cell> cell(Table table, List<Cell> row, String key) {
        return IntStream.range(0, row.size())
                .filter(column -> table.columns().get(column).key().equals(key))
                .mapToObj(row::get)
                .findFirst();
    }
}
