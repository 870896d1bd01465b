package dev.infermark.validate.blog;

import dev.infermark.csv.CsvRow;
import dev.infermark.lower.SdkVersion;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;

/**
 * The table of the blog post: two models at two batch sizes on both generations. It examines the models and is never
 * calibrated on.
 *
 * <p>Each latency is the mean of ten sequential calls by one client after one warm-up; {@link BlogSetup} has the rest.
 */
public final class BlogTable {
    /** Where the figures were published. */
    public static final String SOURCE = "AWS Machine Learning Blog, \"AWS Inferentia2 builds on AWS Inferentia1 by "
            + "delivering 4x higher throughput and 10x lower latency\", 2023";

    /** The Neuron SDK, inferred from the date of the post, which names none. */
    public static final SdkVersion SDK = SdkVersion.parse(BlogSetup.value("Neuron SDK"));

    /** The price book that holds the prices which the post names. */
    public static final String PRICE_BOOK = "blog";

    /** Decimal places of the published costs. */
    private static final int COST_PLACES = 7;

    private BlogTable() {}

    /**
     * One measured line; numbers keep the digits that the post prints.
     *
     * @param model network
     * @param batch sequences per call
     * @param sequenceLength tokens per sequence
     * @param device chip generation, {@code inf1} or {@code inf2}
     * @param instance where it ran
     * @param printedLatency mean latency of a call in milliseconds
     * @param callsPerSecond printed as throughput
     * @param dollarsPerInference printed cost
     * @param improvement printed ratio of the Inf1 latency to the Inf2 latency of this workload
     */
    public record Row(
            String model,
            long batch,
            long sequenceLength,
            String device,
            String instance,
            BigDecimal printedLatency,
            BigDecimal callsPerSecond,
            BigDecimal dollarsPerInference,
            BigDecimal improvement) {

        /** Mean latency of a call in milliseconds. */
        public double latencyMillis() {
            return printedLatency.doubleValue();
        }
    }

    /** The eight rows in the order of the post. */
    public static List<Row> rows() {
        return BlogFile.read("blog-table.csv").stream().map(BlogTable::row).toList();
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
                new BigDecimal(csv.required("latency_ms")),
                new BigDecimal(csv.required("calls_per_second")),
                new BigDecimal(csv.required("dollars_per_inference")),
                new BigDecimal(csv.required("improvement")));
    }
}
