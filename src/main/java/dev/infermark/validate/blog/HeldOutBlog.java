package dev.infermark.validate.blog;

import dev.infermark.deploy.Cost;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quote;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.List;

/** The blog's eight rows, published beside modelled. */
public final class HeldOutBlog {
    private HeldOutBlog() {}

    /**
     * A row with its prediction.
     *
     * @param published what the post says
     * @param quote what the model says of one client and one core, at the price that the post names
     */
    public record Answer(BlogTable.Row published, Quote quote) {

        /** What the model says of one client and one core. */
        public Prediction prediction() {
            return quote.prediction();
        }

        /** How far published latencies may lie off the modelled one. */
        public Interval interval() {
            return quote.interval();
        }

        /** The price that the post names for the instance. */
        public double dollarsPerHour() {
            return quote.cost().dollarsPerHour();
        }

        /** Modelled latency of a call in milliseconds. */
        public double latencyMillis() {
            return 1e3 * prediction().latencySeconds();
        }

        /** Modelled over published latency, minus one. */
        public double error() {
            return latencyMillis() / published.latencyMillis() - 1;
        }

        /** The cost that the post's formula gives for the modelled latency, in US dollars. */
        public double modelledCost() {
            return Cost.ofCall(dollarsPerHour(), prediction().latencySeconds(), published.batch());
        }
    }

    /** Predicts every row as the post measured it: one client, one core, FP32 checkpoints, compiler defaults. */
    public static List<Answer> take(Catalog catalog, Quoter quoter) {
        return BlogTable.rows().stream()
                .map(row -> answer(row, catalog, quoter))
                .toList();
    }

    /** The mean of the absolute errors. */
    public static double meanAbsoluteError(List<Answer> answers) {
        return answers.stream().mapToDouble(answer -> Math.abs(answer.error())).average().orElseThrow();
    }

    private static Answer answer(BlogTable.Row row, Catalog catalog, Quoter quoter) {
        Instance instance = catalog.instance(row.instance());
        Workload workload = Workload.ofBatch(row.batch()).withSequenceLength(row.sequenceLength());
        Quote quote = quoter.quote(
                Network.of(Models.find(row.model()), workload, CustomSupport.NONE),
                Deployment.singleStream(instance, BlogTable.SDK),
                Precision.compilerDefault(DataType.FP32, instance.chip().core()),
                catalog.priceBook(BlogTable.PRICE_BOOK));
        return new Answer(row, quote);
    }
}
