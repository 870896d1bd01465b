package dev.infermark.validate.blog;

import dev.infermark.deploy.Cost;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Predictor;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.deploy.uncertainty.Intervals;
import dev.infermark.deploy.uncertainty.OperatorMix;
import dev.infermark.graph.Graph;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.Precision;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.List;

/** The blog's eight rows, published beside modelled. */
public final class BlogExam {
    private BlogExam() {}

    /**
     * A row with its prediction.
     *
     * @param published what the post says
     * @param prediction what the model says of one client and one core
     * @param interval how far published latencies may lie off the modelled one
     * @param dollarsPerHour the price that the post names for the instance
     */
    public record Answer(BlogTable.Row published, Prediction prediction, Interval interval, double dollarsPerHour) {

        /** Modelled latency of a call in milliseconds. */
        public double latencyMillis() {
            return 1e3 * prediction.latencySeconds();
        }

        /** Modelled over published latency, minus one. */
        public double error() {
            return latencyMillis() / published.latencyMillis() - 1;
        }

        /** The cost that the post's formula gives for the published latency, in US dollars. */
        public double publishedCost() {
            return Cost.ofCall(dollarsPerHour, published.latencyMillis() / 1e3, published.batch());
        }

        /** The cost that the post's formula gives for the modelled latency, in US dollars. */
        public double modelledCost() {
            return Cost.ofCall(dollarsPerHour, prediction.latencySeconds(), published.batch());
        }
    }

    /** Predicts every row as the post measured it: one client, one core, FP32 checkpoints, compiler defaults. */
    public static List<Answer> take(Catalog catalog, Predictor predictor, Intervals intervals) {
        return BlogTable.rows().stream()
                .map(row -> answer(row, catalog, predictor, intervals))
                .toList();
    }

    /** The mean of the absolute errors. */
    public static double meanAbsoluteError(List<Answer> answers) {
        return answers.stream().mapToDouble(answer -> Math.abs(answer.error())).average().orElseThrow();
    }

    private static Answer answer(
            BlogTable.Row row, Catalog catalog, Predictor predictor, Intervals intervals) {
        Instance instance = catalog.instance(row.instance());
        Workload workload = Workload.ofBatch(row.batch()).withSequenceLength(row.sequenceLength());
        NeuronCore core = instance.chip().core();
        Graph graph = Models.find(row.model()).graph(workload);
        Prediction prediction = predictor.predict(
                graph,
                Deployment.singleStream(instance, row.batch(), BlogTable.SDK),
                Precision.compilerDefault(DataType.FP32, core));
        Interval interval = intervals.of(core, OperatorMix.of(graph), BlogTable.SDK);
        double price = catalog.priceBook(BlogTable.PRICE_BOOK).price(instance.name()).dollarsPerHour();
        return new Answer(row, prediction, interval, price);
    }
}
