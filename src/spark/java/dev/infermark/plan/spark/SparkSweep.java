package dev.infermark.plan.spark;

import java.util.Iterator;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The rows of a grid, each partition a run of them in order. A row depends on its number alone, so that a task that is
 * run again gives the same rows, and Spark commits those of one attempt.
 */
final class SparkSweep {
    /** Rows of one task: some seconds of work. */
    private static final long ROWS_OF_A_TASK = 50_000;

    private final SparkSession spark;
    private final Broadcast<SharedSweep> sweep;
    private final long size;

    /** The sweep of the grid in a JSON text. */
    SparkSweep(SparkSession spark, String json, RowsSource source) {
        SharedSweep shared = new SharedSweep(json, source);
        this.spark = spark;
        this.size = shared.size();
        this.sweep = JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(shared);
    }

    /** How many rows there are. */
    long size() {
        return size;
    }

    /** As many tasks as keep every core busy, none of them long. */
    int tasks() {
        long busy = 4L * spark.sparkContext().defaultParallelism();
        return (int) Math.clamp(Math.max(busy, Math.ceilDiv(size, ROWS_OF_A_TASK)), 1, Math.min(size, 100_000));
    }

    /** The lines that the local sweep writes, after a header in each partition. */
    Dataset<String> lines(int tasks) {
        Broadcast<SharedSweep> all = sweep;
        return partitions(
                tasks,
                numbers -> Stream.concat(
                                Stream.of(all.value().header()),
                                numbers.map(number -> all.value().line(number)))
                        .iterator(),
                Encoders.STRING());
    }

    /** The rows with typed columns. */
    Dataset<Row> rows(int tasks) {
        Broadcast<SharedSweep> all = sweep;
        return partitions(
                tasks,
                numbers -> numbers.map(number -> all.value().row(number)).iterator(),
                Encoders.row(all.value().schema()));
    }

    /** What a task makes of the numbers of its rows. */
    @FunctionalInterface
    private interface Work<T> extends java.io.Serializable {
        Iterator<T> of(Stream<Long> numbers);
    }

    private <T> Dataset<T> partitions(int tasks, Work<T> work, Encoder<T> encoder) {
        return spark.range(0, size, 1, tasks)
                .mapPartitions(
                        (MapPartitionsFunction<Long, T>) numbers ->
                                work.of(Stream.generate(() -> numbers)
                                        .takeWhile(Iterator::hasNext)
                                        .map(Iterator::next)),
                        encoder);
    }
}
