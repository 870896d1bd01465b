package dev.infermark.report.plan;

import static j2html.TagCreator.body;
import static j2html.TagCreator.div;
import static j2html.TagCreator.document;
import static j2html.TagCreator.each;
import static j2html.TagCreator.h1;
import static j2html.TagCreator.head;
import static j2html.TagCreator.header;
import static j2html.TagCreator.html;
import static j2html.TagCreator.input;
import static j2html.TagCreator.label;
import static j2html.TagCreator.main;
import static j2html.TagCreator.meta;
import static j2html.TagCreator.option;
import static j2html.TagCreator.p;
import static j2html.TagCreator.rawHtml;
import static j2html.TagCreator.script;
import static j2html.TagCreator.select;
import static j2html.TagCreator.span;
import static j2html.TagCreator.strong;
import static j2html.TagCreator.style;
import static j2html.TagCreator.table;
import static j2html.TagCreator.tbody;
import static j2html.TagCreator.text;
import static j2html.TagCreator.th;
import static j2html.TagCreator.thead;
import static j2html.TagCreator.title;
import static j2html.TagCreator.tr;

import dev.infermark.base.FileDigits;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.hardware.PriceBook;
import dev.infermark.plan.Candidate;
import dev.infermark.plan.Demand;
import dev.infermark.plan.Measure;
import dev.infermark.plan.Plan;
import dev.infermark.plan.Setup;
import dev.infermark.plan.Speed;
import j2html.tags.DomContent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.json.JsonMapper;

/**
 * All deployments of a search as one page to choose on: it begins with the target and the prices that were asked for,
 * the reader sets others, and sees the cheapest deployments that are left and the Pareto front. It needs no network and
 * nothing beside it.
 */
public final class PlanPage {
    private static final double MILLI = 1e3;

    private static final List<Measure> CALL_TIMES = List.of(Measure.LATENCY_P99);
    private static final List<Measure> TOKEN_TIMES = List.of(Measure.TTFT, Measure.TPOT);

    private PlanPage() {}

    /**
     * The whole page.
     *
     * @param model what is deployed
     * @param chosen the price book that the page begins with
     * @param books those that the reader may choose
     */
    public static String write(String model, Plan plan, PriceBook chosen, List<PriceBook> books) {
        Candidate first = plan.all().getFirst().candidate();
        boolean isText = first.speed() instanceof Speed.Tokens;
        Interval interval = first.interval();
        List<PriceBook> all = Stream.concat(
                        Stream.of(chosen), books.stream().filter(book -> !book.name().equals(chosen.name())))
                .toList();
        return document(html(
                                head(
                                        meta().withCharset("utf-8"),
                                        meta().withName("viewport").withContent("width=device-width, initial-scale=1"),
                                        meta().withName("color-scheme").withContent("light dark"),
                                        title("Where to serve " + model),
                                        style(rawHtml(resource("plan.css")))),
                                body(
                                        header(
                                                p("Infermark").withClass("name"),
                                                h1("Where to serve " + model),
                                                p(
                                                                text("Every deployment that was searched. Times,"
                                                                        + " throughputs and costs are "),
                                                                strong("modelled"),
                                                                text("; beside costs stands "
                                                                        + (interval.isMeasured() ? "the " : "a ")
                                                                        + interval.words()
                                                                        + ". What may cost no more than the best is a"
                                                                        + " tie."
                                                                        + (isText ? "" : queueing(plan.demand()))))
                                                        .withClass("lead")),
                                        main(
                                                div(
                                                                each(
                                                                        isText ? TOKEN_TIMES : CALL_TIMES,
                                                                        measure -> number(
                                                                                measure == Measure.TTFT
                                                                                        ? "first"
                                                                                        : "time",
                                                                                words(measure) + ", ms, at most",
                                                                                plan.limit(measure)
                                                                                        .map(seconds ->
                                                                                                MILLI * seconds))),
                                                                number(
                                                                        "rate",
                                                                        isText
                                                                                ? "Output tokens per second in all"
                                                                                : "Throughput in all, 1/s",
                                                                        rate(plan.demand(), first)),
                                                                field(
                                                                        "Prices",
                                                                        select(each(all, PlanPage::choice))
                                                                                .withId("book")))
                                                        .withClass("controls"),
                                                p().withId("answer").attr("aria-live", "polite"),
                                                rawHtml("<svg id=\"plot\" role=\"img\" aria-label=\"time against"
                                                        + " cost\"></svg>"),
                                                p().withId("axes"),
                                                div().withId("legend"),
                                                div(table(
                                                                thead(tr(each(
                                                                        headings(isText, interval),
                                                                        heading -> th(heading)))),
                                                                tbody().withId("rows")))
                                                        .withClass("scroll")),
                                        script(rawHtml("const DATA=" + data(plan, all) + ";\n" + resource("plan.js")))))
                        .withLang("en"))
                + "\n";
    }

    private static DomContent choice(PriceBook book) {
        return option(book.name() + ", " + book.region()).withValue(book.name());
    }

    private static String words(Measure measure) {
        return switch (measure) {
            case LATENCY_P99 -> "99th percentile of a call";
            case TTFT -> "Time to the first token";
            case TPOT -> "Time per token";
        };
    }

    /** What is to be served in all, in the unit of the candidates' throughput. */
    private static Optional<Double> rate(Demand demand, Candidate candidate) {
        return switch (demand) {
            case Demand.Saturated _ -> Optional.empty();
            case Demand.Throughput(double perSecond) -> Optional.of(perSecond);
            case Demand.Requests(double perSecond) ->
                    Optional.of(perSecond * candidate.throughput() / candidate.requestsPerSecond());
        };
    }

    private static String queueing(Demand demand) {
        return demand instanceof Demand.Requests
                ? " This page knows no queue: requests that arrive at random may take more instances, which infermark"
                        + " plan counts."
                : "";
    }

    private static DomContent number(String id, String words, Optional<Double> asked) {
        return field(words, input().withId(id).withType("number").attr("min", "0").attr("step", "any")
                .withValue(asked.map(FileDigits::round)
                        .map(value -> BigDecimal.valueOf(value).stripTrailingZeros().toPlainString())
                        .orElse("")));
    }

    private static DomContent field(String words, DomContent control) {
        return label(span(words), control);
    }

    private static List<String> headings(boolean isText, Interval interval) {
        return List.of(
                "Instance",
                "Nr",
                "Cores",
                "Sharing",
                isText ? "ms to first token" : "Workers",
                "Batch",
                "Types",
                isText ? "ms per token" : "p99, ms",
                "Each, 1/s",
                "$ per million",
                interval.isMeasured() ? "90 % interval" : "taken as",
                "Bound by");
    }

    /** The candidates and prices as JSON that may stand in a script. */
    private static String data(Plan plan, List<PriceBook> books) {
        Map<String, Map<String, Double>> prices = new LinkedHashMap<>();
        for (PriceBook book : books) {
            Map<String, Double> ofBook = new LinkedHashMap<>();
            book.prices().forEach(price -> ofBook.put(price.instance(), price.dollarsPerHour()));
            prices.put(book.name(), ofBook);
        }
        List<List<Object>> rows = new ArrayList<>();
        plan.all().forEach(offer -> rows.add(row(offer.candidate())));
        return JsonMapper.shared()
                .writeValueAsString(Map.of("prices", prices, "rows", rows))
                .replace("<", "\\u003c");
    }

    private static List<Object> row(Candidate candidate) {
        Setup setup = candidate.setup();
        List<Object> row = new ArrayList<>(List.of(
                setup.instance().name(),
                setup.cores(),
                setup.sharing(),
                setup.workers(),
                setup.batch(),
                setup.types(),
                FileDigits.round(MILLI * candidate.speed().seconds()),
                FileDigits.round(candidate.throughput()),
                FileDigits.round(candidate.interval().halfWidth()),
                candidate.boundBy()));
        Measure.TTFT.of(candidate.speed()).ifPresent(seconds -> row.add(FileDigits.round(MILLI * seconds)));
        return row;
    }

    private static String resource(String name) {
        try (var in = Objects.requireNonNull(PlanPage.class.getResourceAsStream(name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
