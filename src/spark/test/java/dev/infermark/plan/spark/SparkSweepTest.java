package dev.infermark.plan.spark;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.deploy.Quoter;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.CustomSupport;
import dev.infermark.plan.sweep.Column;
import dev.infermark.plan.sweep.Grid;
import dev.infermark.plan.sweep.Rows;
import dev.infermark.plan.sweep.Sweep;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Sweeps on executors that are processes of their own: two with two cores each. */
@Timeout(120)
class SparkSweepTest {
    private static final String GRID = """
            {"model_name": "distilbert-base-uncased", "sequence_length": [16, 32],
             "batch_size": {"from": 1, "to": 4}, "instance_type": ["inf1.xlarge", "inf2.xlarge"],
             "n_models": [1, 2, 4], "workers_per_model": {"from": 1, "to": 60}}
            """;

    private static final String TEXT_GRID = """
            {"model_name": "llama-2-7b", "instance_type": ["inf2.24xlarge", "inf1.xlarge"],
             "batch_size": [1, 4], "input_length": [128], "output_length": [1, 64],
             "tensor_parallel_size": [2, 12]}
            """;

    private static final int TASKS = 16;

    private static SparkSession spark;

    @TempDir
    private Path folder;

    @BeforeAll
    static void startTheCluster() throws IOException {
        // The build names a home; executors take their classes from this process, not from a Spark installed there.
        Path home = Path.of(System.getenv("SPARK_HOME"));
        Files.createDirectories(home.resolve("jars"));
        spark = SparkSession.builder()
                .master("local-cluster[2,2,1024]")
                .config("spark.home", home.toString())
                .config("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                .config("spark.executor.memory", "1g")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.driver.host", "127.0.0.1")
                .config("spark.local.dir", home.toString())
                .config("spark.sql.warehouse.dir", home.resolve("warehouse").toString())
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
    }

    @AfterAll
    static void stopTheCluster() throws IOException {
        spark.close();
    }

    private static Rows rows(Grid grid) {
        Catalog catalog = Catalog.builtIn();
        return Rows.of(
                grid, catalog, catalog.priceBook("on-demand"), Quoter.builtIn(), CustomSupport.NONE);
    }

    private List<String> local(String json) throws IOException {
        Grid grid = Grid.parse(json);
        Path file = folder.resolve("local" + json.length() + ".csv");
        new Sweep(grid, rows(grid)).run(file, () -> { });
        return Files.readAllLines(file);
    }

    /** The lines of all files of a folder in the order of their tasks, with the header of the first one alone. */
    private static List<String> linesOf(Path out) throws IOException {
        List<String> lines = new ArrayList<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path part : files.filter(file -> file.getFileName().toString().startsWith("part-"))
                    .sorted()
                    .toList()) {
                List<String> own = Files.readAllLines(part);
                lines.addAll(lines.isEmpty() ? own : own.subList(1, own.size()));
            }
        }
        return lines;
    }

    @Test
    void writesTheLinesOfTheLocalSweep() throws IOException {
        for (String grid : List.of(GRID, TEXT_GRID)) {
            Path out = folder.resolve("csv" + grid.length());
            new SparkSweep(spark, grid, SparkSweepTest::rows).lines(TASKS).write().text(out.toString());
            assertEquals(local(grid), linesOf(out));
        }
    }

    @Test
    void parquetHasTheRowsOfTheLocalSweepToTheDigit() throws IOException {
        String out = folder.resolve("parquet").toString();
        new SparkSweep(spark, GRID, SparkSweepTest::rows).rows(TASKS).write().parquet(out);

        List<String> lines = new ArrayList<>();
        Grid grid = Grid.parse(GRID);
        lines.add(rows(grid).header(grid));
        for (Row row : spark.read().parquet(out).orderBy("row").collectAsList()) {
            lines.add(String.join(",", Stream.iterate(0, i -> i < row.size(), i -> i + 1)
                    .map(i -> row.isNullAt(i) ? "" : String.valueOf(row.get(i)))
                    .map(text -> text.contains(",") ? "\"" + text + "\"" : text)
                    .toList()));
        }
        assertEquals(local(GRID), lines);
    }

    @Test
    void parquetHasNumbersWhereTheSweepHasNumbers() {
        Grid grid = Grid.parse(TEXT_GRID);
        var schema = new SparkSweep(spark, TEXT_GRID, SparkSweepTest::rows).rows(1).schema();
        assertEquals(
                rows(grid).allColumns(grid).stream().map(Column::name).toList(), Arrays.asList(schema.fieldNames()));
        assertEquals("bigint", schema.apply("batch_size").dataType().simpleString());
        assertEquals("double", schema.apply("median_tpot_ms").dataType().simpleString());
        assertEquals("string", schema.apply("refused").dataType().simpleString());
    }

    /** In the first attempt at one task the executor dies, in that at another the task fails, each after some rows. */
    private static final class Failing implements Rows {
        private final Rows rows;

        Failing(Rows rows) {
            this.rows = rows;
        }

        @Override
        public List<Column> columns() {
            return rows.columns();
        }

        @Override
        public List<Object> values(Grid.Point point) {
            TaskContext task = TaskContext.get();
            if (task != null && task.attemptNumber() == 0 && point.number() % 90 == 45) {
                if (task.partitionId() == 5) {
                    Runtime.getRuntime().halt(1);
                }
                if (task.partitionId() == 11) {
                    throw new IllegalStateException("this attempt fails");
                }
            }
            return rows.values(point);
        }
    }

    @Test
    void aDeadExecutorAndAFailedTaskLoseAndDoubleNoRow() throws Exception {
        Map<String, Integer> attempts = new ConcurrentHashMap<>();
        spark.sparkContext().addSparkListener(listener(attempts));
        Path out = folder.resolve("retried");
        new SparkSweep(spark, GRID, grid -> new Failing(rows(grid))).lines(TASKS).write().text(out.toString());

        assertEquals(local(GRID), linesOf(out));
        spark.sparkContext().listenerBus().waitUntilEmpty();
        assertTrue(attempts.getOrDefault("ExceptionFailure", 0) >= 1, attempts::toString);
        assertTrue(attempts.getOrDefault("ExecutorLostFailure", 0) >= 1, attempts::toString);
    }

    @Test
    void aTaskThatIsKilledRunsAgain() throws Exception {
        AtomicInteger kills = new AtomicInteger();
        spark.sparkContext().addSparkListener(new SparkListener() {
            @Override
            public void onTaskStart(org.apache.spark.scheduler.SparkListenerTaskStart start) {
                if (start.taskInfo().index() == 3 && start.taskInfo().attemptNumber() == 0 && kills.get() == 0) {
                    kills.incrementAndGet();
                    spark.sparkContext().killTaskAttempt(start.taskInfo().taskId(), true, "to see it run again");
                }
            }
        });
        Path out = folder.resolve("killed");
        new SparkSweep(spark, GRID, grid -> new Waiting(rows(grid))).lines(TASKS).write().text(out.toString());

        assertEquals(local(GRID), linesOf(out));
        assertEquals(1, kills.get());
    }

    /** The first attempt at one task waits for its end. */
    private static final class Waiting implements Rows {
        private final Rows rows;

        Waiting(Rows rows) {
            this.rows = rows;
        }

        @Override
        public List<Column> columns() {
            return rows.columns();
        }

        @Override
        public List<Object> values(Grid.Point point) {
            TaskContext task = TaskContext.get();
            while (task != null && task.attemptNumber() == 0 && task.partitionId() == 3) {
                try {
                    Thread.sleep(50);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                task.killTaskIfInterrupted();
            }
            return rows.values(point);
        }
    }

    private static SparkListener listener(Map<String, Integer> ends) {
        return new SparkListener() {
            @Override
            public void onTaskEnd(SparkListenerTaskEnd end) {
                ends.merge(end.reason().getClass().getSimpleName().replace("$", ""), 1, Integer::sum);
            }
        };
    }
}
