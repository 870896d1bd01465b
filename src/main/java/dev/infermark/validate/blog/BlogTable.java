package dev.infermark.validate.blog;

import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.lower.SdkVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

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
        try (var in = Objects.requireNonNull(BlogTable.class.getResourceAsStream("blog-table.csv"))) {
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return CsvReader.rows("the blog's table", text, List.of("model")).stream()
                    .map(BlogTable::row)
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A cost in US dollars, rounded as the post prints it. */
    public static BigDecimal rounded(double dollars) {
        return BigDecimal.valueOf(dollars).setScale(COST_PLACES, RoundingMode.HALF_UP);
    }

    private static Row row(CsvRow csv) {
        return new Row(
                csv.required("model"),
                Long.parseLong(csv.required("batch")),
                Long.parseLong(csv.required("sequence_length")),
                csv.required("device"),
                csv.required("instance"),
                Double.parseDouble(csv.required("latency_ms")),
                Double.parseDouble(csv.required("calls_per_second")),
                new BigDecimal(csv.required("dollars_per_inference")),
                new BigDecimal(csv.required("improvement")));
    }
}
