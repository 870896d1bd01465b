package dev.infermark.report.plan;

import dev.infermark.deploy.Network;
import dev.infermark.plan.Candidate;
import dev.infermark.plan.Demand;
import dev.infermark.plan.DocumentedRules;
import dev.infermark.plan.Offer;
import dev.infermark.plan.Plan;
import dev.infermark.plan.Setup;
import dev.infermark.plan.Speed;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Offers as tables: a short one for people, and one with every column for files. */
public final class PlanReport {
    private static final double MILLI = 1e3;

    private final List<Column> columns = new ArrayList<>();
    private final List<List<Cell>> rows = new ArrayList<>();

    private PlanReport() {}

    /** The choice in two lines. */
    public static String answer(Plan plan) {
        Offer best = plan.best();
        Candidate candidate = best.candidate();
        String ties = plan.bestOfEachInstance().stream()
                .skip(1)
                .filter(offer -> offer.tiesWith(best))
                .map(offer -> offer.candidate().setup().instance().name())
                .reduce((one, other) -> one + ", " + other)
                .map(names -> "; a tie with " + names + ", as the lead lies within the "
                        + candidate.interval().words())
                .orElse("");
        return String.format(
                Locale.ROOT,
                """
                %d × %s
                %s
                %s, %s/s each at full load; modelled, bound by %s%s
                """,
                best.instances(),
                candidate.setup(),
                cost(plan, best),
                words(candidate.speed(), best.p99()),
                TableFormat.forPeople(candidate.throughput()),
                candidate.boundBy(),
                ties);
    }

    /** The price of a million says what it counts: instances that are full, or all that is paid for what is asked. */
    private static String cost(Plan plan, Offer offer) {
        String full = "$" + TableFormat.forPeople(offer.candidate().costPerMillion()) + " per million at full load";
        return switch (plan.demand()) {
            case Demand.Saturated _ -> full;
            case Demand.Throughput(double perSecond) -> asked(offer, perSecond) + full;
            case Demand.Requests(double perSecond) -> asked(offer, perSecond) + full;
        };
    }

    private static String asked(Offer offer, double perSecond) {
        return "$" + TableFormat.forPeople(offer.costPerMillion()) + " per million at the "
                + TableFormat.forPeople(perSecond) + "/s asked, idle time included; ";
    }

    private static String words(Speed speed, double p99) {
        return switch (speed) {
            case Speed.Calls(double p50, _) -> "p50 " + millis(p50) + ", p99 " + millis(p99);
            case Speed.Tokens(double ttft, double tpot, _) -> "ttft " + millis(ttft) + ", tpot " + millis(tpot);
        };
    }

    private static String millis(double seconds) {
        return TableFormat.forPeople(MILLI * seconds) + " ms";
    }

    /**
     * The documentation's rules of thumb beside what was found.
     *
     * @param one the network of a single sequence or image
     */
    public static String rules(Plan plan, Network one) {
        Map<String, Offer> ofChips = new LinkedHashMap<>();
        plan.offers().forEach(offer ->
                ofChips.putIfAbsent(offer.candidate().setup().instance().chip().title(), offer));
        StringBuilder lines = new StringBuilder("AWS's rule of thumb for batches: ");
        lines.append(ofChips.entrySet().stream()
                .map(chip -> {
                    Setup setup = chip.getValue().candidate().setup();
                    return DocumentedRules.batch(one, setup.instance().chip()) + " on " + chip.getKey()
                            + ", where the best here is " + setup.batch();
                })
                .collect(Collectors.joining("; ")));
        lines.append('\n');
        boolean hasPipeline = plan.bestOfEachInstance().stream()
                .anyMatch(offer -> offer.candidate().setup().isPipeline());
        if (hasPipeline) {
            lines.append("AWS's rule of thumb for pipelines on Inf1: ")
                    .append(DocumentedRules.pipelineCores(one)).append(" cores\n");
        }
        return lines.toString();
    }

    /** What people compare: a row per offer, with whether the lead of the best one is more than noise. */
    public static Table offers(List<Offer> offers, Plan plan) {
        PlanReport report = new PlanReport();
        Offer best = plan.best();
        for (Offer offer : offers) {
            Row row = report.row();
            Candidate candidate = offer.candidate();
            row.plain("instance_type", "Instance", Cell.of(candidate.setup().instance().name()));
            row.modelled("n_instances", "Nr", "", Cell.of((long) offer.instances()));
            row.sharing(candidate.setup());
            row.speed(candidate.speed(), offer.p99());
            row.modelled("throughput_per_s", "Each", "1/s", Cell.of(candidate.throughput()));
            if (plan.isAtFullLoad()) {
                row.modelled("cost_per_million_usd", "Million at full load", "$", Cell.of(offer.costPerMillion()));
            } else {
                row.modelled("cost_per_million_usd", "Million as asked", "$", Cell.of(offer.costPerMillion()));
                row.modelled("cost_per_million_at_full_load_usd", "at full load", "$",
                        Cell.of(candidate.costPerMillion()));
            }
            row.modelled("bound_by", "Bound by", "", Cell.of(candidate.boundBy()));
            row.modelled("beside_best", "Beside the best", "", Cell.of(beside(offer, best)));
        }
        return report.table();
    }

    /** Every column, for files. */
    public static Table details(
            List<Offer> offers, Offer best, String book, String region, Function<Setup, Optional<String>> measured) {
        PlanReport report = new PlanReport();
        int rank = 0;
        for (Offer offer : offers) {
            Row row = report.row();
            Candidate candidate = offer.candidate();
            Setup setup = candidate.setup();
            row.plain("rank", "Rank", Cell.of((long) ++rank));
            row.plain("instance_type", "Instance", Cell.of(setup.instance().name()));
            row.modelled("n_instances", "Instances", "", Cell.of((long) offer.instances()));
            row.sharing(setup);
            row.plain("cores_per_copy", "Cores per copy", Cell.of((long) setup.coresPerCopy()));
            row.plain("chips_per_copy", "Chips per copy", Cell.of((long) setup.chipsPerCopy()));
            row.plain("in_flight", "Calls in flight", Cell.of((long) setup.inFlight()));
            row.plain("idle_cores", "Idle cores", Cell.of((long) setup.idleCores()));
            row.speed(candidate.speed(), offer.p99());
            row.modelled("latency_p50_lower_ms", candidate.interval().title("from"), "ms",
                    Cell.of(candidate.interval().lower(MILLI * median(candidate.speed()))));
            row.modelled("latency_p50_upper_ms", "to", "ms",
                    Cell.of(candidate.interval().upper(MILLI * median(candidate.speed()))));
            row.modelled("throughput_per_s", "Throughput of each", "1/s", Cell.of(candidate.throughput()));
            row.modelled("cost_per_million_usd", "Cost per million as asked", "$", Cell.of(offer.costPerMillion()));
            row.modelled("cost_per_million_at_full_load_usd", "Cost per million at full load", "$",
                    Cell.of(candidate.costPerMillion()));
            row.modelled("cost_lower_usd", candidate.interval().title("from"), "$",
                    Cell.of(candidate.interval().lower(offer.costPerMillion())));
            row.modelled("cost_upper_usd", "to", "$",
                    Cell.of(candidate.interval().upper(offer.costPerMillion())));
            row.modelled("bound_by", "Bound by", "", Cell.of(candidate.boundBy()));
            row.modelled("beside_best", "Beside the best", "", Cell.of(beside(offer, best)));
            row.plain("nearest_measured", "Nearest measured", measured.apply(setup)
                    .<Cell>map(Cell::of)
                    .orElse(new Cell.Missing("")));
            row.plain("price_basis", "Price basis", Cell.of(book));
            row.plain("price_region", "Region", Cell.of(region));
            row.plain("price_date", "Price date", Cell.of(candidate.price().date()));
            row.plain("price_usd_per_hour", "Price of an instance, $/h",
                    Cell.of(candidate.price().dollarsPerHour()));
            row.plain("fleet_usd_per_hour", "Price of all, $/h", Cell.of(offer.dollarsPerHour()));
        }
        return report.table();
    }

    private static double median(Speed speed) {
        return switch (speed) {
            case Speed.Calls(double p50, _) -> p50;
            case Speed.Tokens(_, double tpot, _) -> tpot;
        };
    }

    private static String beside(Offer offer, Offer best) {
        double ratio = offer.costPerMillion() / best.costPerMillion();
        if (offer.equals(best)) {
            return "best";
        }
        return offer.tiesWith(best) ? "tie" : String.format(Locale.ROOT, "%.2fx the cost", ratio);
    }

    private Row row() {
        columns.clear();
        Row row = new Row();
        rows.add(row.cells);
        return row;
    }

    private Table table() {
        return new Table(columns, rows);
    }

    /** A row under construction, which names the columns as it goes. */
    private final class Row {
        private final List<Cell> cells = new ArrayList<>();

        void plain(String key, String title, Cell cell) {
            columns.add(Column.plain(key, title));
            cells.add(cell);
        }

        void modelled(String key, String title, String unit, Cell cell) {
            columns.add(Column.modelled(key, title, unit));
            cells.add(cell);
        }

        void sharing(Setup setup) {
            plain("n_cores", "Cores", Cell.of((long) setup.cores()));
            plain("sharing", "Sharing", Cell.of(setup.sharing()));
            plain("workers_per_model", "Workers", Cell.of((long) setup.workers()));
            plain("batch_size", "Batch", Cell.of(setup.batch()));
            plain("types", "Types", Cell.of(setup.types()));
        }

        void speed(Speed speed, double p99) {
            switch (speed) {
                case Speed.Calls(double p50, _) -> {
                    modelled("latency_p50_ms", "p50", "ms", Cell.of(MILLI * p50));
                    modelled("latency_p99_ms", "p99", "ms", Cell.of(MILLI * p99));
                }
                case Speed.Tokens(double ttft, double tpot, double whole) -> {
                    modelled("median_ttft_ms", "ttft", "ms", Cell.of(MILLI * ttft));
                    modelled("median_tpot_ms", "tpot", "ms", Cell.of(MILLI * tpot));
                    modelled("median_e2el_ms", "Whole request", "ms", Cell.of(MILLI * whole));
                }
            }
        }
    }
}
