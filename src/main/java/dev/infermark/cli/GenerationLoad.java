package dev.infermark.cli;

import dev.infermark.base.NumberLines;
import dev.infermark.base.Refusal;
import dev.infermark.base.UserError;
import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.plan.Limit;
import dev.infermark.plan.Measure;
import dev.infermark.runtime.continuous.DecodingService;
import dev.infermark.runtime.continuous.GenerationResult;
import dev.infermark.runtime.continuous.GenerationSimulation;
import dev.infermark.runtime.continuous.RequestSize;
import dev.infermark.runtime.continuous.RequestSizes;
import dev.infermark.runtime.continuous.Targets;
import dev.infermark.runtime.queue.Arrivals;
import dev.infermark.runtime.queue.RateSearch;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.Supplier;

/**
 * Requests for text that share the batches of a service.
 *
 * @param demand what comes
 * @param goodput what requests must keep
 * @param err where progress is told
 */
record GenerationLoad(DemandOptions demand, GoodputOption goodput, PrintWriter err) {
    private static final long DEFAULT_REQUESTS = 10_000;

    /** Requests of each run of a search, each of hundreds of steps. */
    private static final long SEARCH_REQUESTS = 2_000;

    /** Runs of a search: no load, and halvings of the capacity down to the resolution. */
    private static final int SEARCH_RUNS = 11;

    private static final double MILLI = 1e3;

    /** Share of the requests that must keep their targets at the highest rate. */
    private static final double ATTAINMENT = 0.99;

    private static final String ARRIVAL = "arrival_s";
    private static final String INPUT = "input_length";
    private static final String OUTPUT = "output_length";

    /**
     * Arrivals that were recorded.
     *
     * @param arrivals when
     * @param sizes how much
     */
    record Trace(Arrivals.Trace arrivals, RequestSizes sizes) {

        /** A CSV file with lengths, or one of times alone, all of whose requests have this size. */
        static Trace read(Path file, Supplier<RequestSizes> otherwise) {
            if (!file.toString().toLowerCase(Locale.ROOT).endsWith(".csv")) {
                return new Trace(new Arrivals.Trace(NumberLines.read(file)), otherwise.get());
            }
            List<CsvRow> rows = CsvReader.rows(file, List.of(ARRIVAL, INPUT, OUTPUT));
            if (rows.isEmpty()) {
                throw new UserError(file + " has no requests; write one on each line below its header");
            }
            double[] times =
                    rows.stream().mapToDouble(row -> row.requiredNumber(ARRIVAL)).toArray();
            return new Trace(
                    new Arrivals.Trace(times),
                    new RequestSizes.Trace(rows.stream()
                            .map(row -> new RequestSize(tokens(row, INPUT), tokens(row, OUTPUT)))
                            .toList()));
        }

        private static long tokens(CsvRow row, String column) {
            double value = row.requiredNumber(column);
            if (value != Math.rint(value) || value < 1 || value > Integer.MAX_VALUE) {
                throw new UserError(row.place() + ": " + column + " is '" + row.text(column)
                        + "'; give a whole number of tokens from 1");
            }
            return (long) value;
        }
    }

    /** What a run of recorded arrivals comes to. */
    GenerationResult result(GenerationSimulation simulation, Arrivals.Trace arrivals) {
        return simulation.open(arrivals, arrivals.size(), demand.seed());
    }

    /** What the run comes to, or the run at the highest rate where only targets are given. */
    GenerationResult result(GenerationSimulation simulation) {
        if (demand.clients().isPresent()) {
            return simulation.closed(demand.clients().get(), demand.requests(DEFAULT_REQUESTS), demand.seed());
        }
        double capacity = simulation.capacity(demand.seed());
        if (demand.rate().isPresent()) {
            Arrivals arrivals = demand.arrivals(demand.rate().get(), capacity);
            return simulation.open(arrivals, demand.requests(DEFAULT_REQUESTS), demand.seed());
        }
        return highest(simulation, capacity);
    }

    private GenerationResult highest(GenerationSimulation simulation, double capacity) {
        Progress progress = new Progress(err, "runs", SEARCH_RUNS);
        long requests = Math.min(SEARCH_REQUESTS, demand.requests(SEARCH_REQUESTS));
        RateSearch<GenerationResult> search = new RateSearch<>(
                perSecond -> {
                    GenerationResult run = simulation.open(new Arrivals.Poisson(perSecond), requests, demand.seed());
                    progress.step();
                    return run;
                },
                result -> result.good() >= ATTAINMENT * requests);
        return search.highest(capacity)
                .map(RateSearch.Found::result)
                .orElseThrow(() -> {
                    GenerationResult unloaded = search.unloaded(capacity);
                    return new Refusal(String.format(
                            Locale.ROOT,
                            "the targets are out of reach: without any queue the 99th percentiles are ttft %.4g ms and"
                                    + " tpot %.4g ms; use a smaller batch, shorter lengths or more cores",
                            MILLI * unloaded.latencies().ttft().p99(),
                            MILLI * unloaded.latencies().tpot().p99()));
                });
    }

    /** The service under this load. */
    GenerationSimulation simulation(DecodingService service, RequestSizes sizes) {
        return new GenerationSimulation(service, sizes, targets(), demand.queueLimit());
    }

    private Targets targets() {
        return new Targets(target(Measure.TTFT), target(Measure.TPOT));
    }

    private double target(Measure measure) {
        return goodput.limits().stream()
                .filter(limit -> limit.measure() == measure)
                .mapToDouble(Limit::seconds)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
    }
}
