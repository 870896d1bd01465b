package dev.infermark.plan.spark;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.Intervals;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.PriceBook;
import dev.infermark.hardware.PriceFile;
import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.lower.CustomSupport;
import dev.infermark.plan.sweep.Grid;
import dev.infermark.plan.sweep.Rows;
import dev.infermark.simulate.Calibrations;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.spark.SparkContext;
import org.apache.spark.SparkFiles;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The program that {@code spark-submit} starts: {@code infermark sweep} on a cluster. */
@Command(
        mixinStandardHelpOptions = true,
        name = "spark-sweep",
        description = "Predicts every combination of the settings in a grid file, as infermark sweep does, on all"
                + " executors of a Spark cluster. Model files in the grid must have the same path on every machine.")
public final class SparkSweepCommand implements Callable<Integer> {
    @Option(names = "--grid", required = true, paramLabel = "FILE", description = "The settings, as JSON.")
    private Path grid = Path.of("");

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FOLDER",
            description = "Where to write; a path or a URL that Spark knows, which must not exist yet.")
    private String out = "";

    @Option(
            names = "--format",
            defaultValue = "csv",
            paramLabel = "FORMAT",
            description = "${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private Format format = Format.csv;

    @Option(
            names = "--tasks",
            paramLabel = "N",
            description = "Tasks, each of which writes a file (default: four for each core, or more of a large grid).")
    private @Nullable Integer tasks;

    @Option(
            names = "--price-basis",
            defaultValue = "on-demand",
            paramLabel = "BOOK",
            description = "The price book (default: ${DEFAULT-VALUE}).")
    private String basis = "";

    @Option(names = "--prices", paramLabel = "FILE", description = "Prices of your own instead, as CSV.")
    private @Nullable Path prices;

    @Option(names = "--hardware", paramLabel = "FILE", description = "JSON file with further chips and instances.")
    private @Nullable Path hardware;

    @Option(names = "--params", paramLabel = "FILE", description = "Fitted parameters, as calibrate writes them.")
    private @Nullable Path parameters;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** How rows are written; the names are those of Spark. */
    private enum Format {
        csv,
        parquet
    }

    /** Ends with the status of {@code infermark}: 0, or 2 for an input that is no good. */
    public static void main(String[] args) {
        int status = new CommandLine(new SparkSweepCommand())
                .setExecutionExceptionHandler((e, command, _) -> {
                    // Spark's own refusals are of what it is asked to write: a folder that exists, an unknown scheme.
                    if (!(e instanceof UserError || e instanceof AnalysisException)) {
                        throw e;
                    }
                    command.getErr()
                            .println("infermark: "
                                    + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
                    return CommandLine.ExitCode.USAGE;
                })
                .execute(args);
        if (status != 0) {
            System.exit(status);
        }
    }

    @Override
    public Integer call() throws IOException {
        if (tasks != null && tasks < 1) {
            throw new UserError("--tasks " + tasks + " write nothing; give 1 or more");
        }
        String json = SafeFiles.read(grid);
        long size = Grid.read(grid).size();
        try (SparkSession spark =
                SparkSession.builder().appName("infermark sweep").getOrCreate()) {
            SparkSweep sweep = new SparkSweep(spark, json, source(spark.sparkContext()));
            int pieces = tasks == null ? sweep.tasks() : tasks;
            switch (format) {
                case csv -> sweep.lines(pieces).write().text(out);
                case parquet -> sweep.rows(pieces).write().parquet(out);
            }
        }
        spec.commandLine().getErr().println(String.format(Locale.ROOT, "infermark: %,d rows in %s", size, out));
        return CommandLine.ExitCode.OK;
    }

    /** Makes the rows from files that Spark brings to each executor. */
    private RowsSource source(SparkContext context) {
        String book = basis;
        Sent priceFile = Sent.of(prices, context);
        Sent hardwareFile = Sent.of(hardware, context);
        Sent parameterFile = Sent.of(parameters, context);
        return all -> {
            Catalog catalog = hardwareFile.path().map(Catalog.builtIn()::with).orElseGet(Catalog::builtIn);
            PriceBook priceBook = priceFile.path().map(PriceFile::read).orElseGet(() -> catalog.priceBook(book));
            Calibrations calibrations =
                    parameterFile.path().map(Calibrations::read).orElseGet(Calibrations::builtIn);
            return Rows.of(
                    all,
                    catalog,
                    priceBook,
                    new Quoter(calibrations, Intervals.builtIn()),
                    new CustomSupport(CustomOperators.registered(), Set.of()));
        };
    }

    /**
     * A file that goes to each executor.
     *
     * @param name its name there; empty where there is no file
     */
    private record Sent(String name) implements java.io.Serializable {
        static Sent of(@Nullable Path file, SparkContext context) {
            if (file == null) {
                return new Sent("");
            }
            SafeFiles.read(file);
            context.addFile(file.toUri().toString());
            return new Sent(String.valueOf(file.getFileName()));
        }

        Optional<Path> path() {
            return name.isEmpty() ? Optional.empty() : Optional.of(Path.of(SparkFiles.get(name)));
        }
    }
}
