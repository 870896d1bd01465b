package dev.infermark.validate;

import dev.infermark.lower.SdkVersion;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The table of the blog post: two models at two batch sizes on both generations. It examines the models and is never
 * calibrated on.
 *
 * <p>Each latency is the mean of ten sequential calls by one client after one warm-up, with PyTorch 1.13.1.
 */
public final class BlogTable {
    /** Where the figures were published. */
    public static final String SOURCE = "AWS Machine Learning Blog, \"AWS Inferentia2 builds on AWS Inferentia1 by "
            + "delivering 4x higher throughput and 10x lower latency\", 2023";

    /** The Neuron SDK of the time. */
    public static final SdkVersion SDK = SdkVersion.parse("2.9");

    /** The price book that holds the prices which the post names. */
    public static final String PRICE_BOOK = "blog";

    /** Decimal places of the published costs. */
    private static final int COST_PLACES = 7;

    private BlogTable() {}

    /**
     * One measured line.
     *
     * @param model network
     * @param batch sequences per call
     * @param sequenceLength tokens per sequence
     * @param device chip generation, {@code inf1} or {@code inf2}
     * @param instance where it ran
     * @param latencyMillis mean latency of a call
     * @param callsPerSecond published as throughput
     * @param dollarsPerInference published cost
     * @param improvement published ratio of the Inf1 latency to the Inf2 latency of this workload
     */
    public record Row(
            String model,
            long batch,
            long sequenceLength,
            String device,
            String instance,
            double latencyMillis,
            double callsPerSecond,
            BigDecimal dollarsPerInference,
            BigDecimal improvement) {}

    /** The eight rows in the order of the post. */
    public static List<Row> rows() {
        CSVFormat format =
                CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
        try (var in = Objects.requireNonNull(BlogTable.class.getResourceAsStream("blog-table.csv"));
                var reader = new InputStreamReader(in, StandardCharsets.UTF_8);
                CSVParser parser = format.parse(reader)) {
            return parser.stream().map(BlogTable::row).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cost in US dollars, rounded as the post prints it. */
    public static BigDecimal rounded(double dollars) {
        return BigDecimal.valueOf(dollars).setScale(COST_PLACES, RoundingMode.HALF_UP);
    }

    private static Row row(CSVRecord csv) {
        return new Row(
                csv.get("model"),
                Long.parseLong(csv.get("batch")),
                Long.parseLong(csv.get("sequence_length")),
                csv.get("device"),
                csv.get("instance"),
                Double.parseDouble(csv.get("latency_ms")),
                Double.parseDouble(csv.get("calls_per_second")),
                new BigDecimal(csv.get("dollars_per_inference")),
                new BigDecimal(csv.get("improvement")));
    }
}
