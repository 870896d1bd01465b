package dev.infermark.cli;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.generate.GenerationAdvice;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GenerationQuoter;
import dev.infermark.deploy.generate.TextModel;
import dev.infermark.deploy.uncertainty.Tails;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.AutoCast;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.plan.Demand;
import dev.infermark.plan.EncoderSearch;
import dev.infermark.plan.Found;
import dev.infermark.plan.GenerationSearch;
import dev.infermark.plan.Offer;
import dev.infermark.plan.Plan;
import dev.infermark.plan.Ranking;
import dev.infermark.plan.Rejection;
import dev.infermark.plan.Setup;
import dev.infermark.plan.Space;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.report.plan.ParetoPlot;
import dev.infermark.report.plan.PlanPage;
import dev.infermark.report.plan.PlanReport;
import dev.infermark.report.plot.SvgPlot;
import dev.infermark.report.prediction.NearestReport;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import dev.infermark.validate.generate.GenerationIntervals;
import dev.infermark.validate.generate.GenerationQuantity;
import dev.infermark.validate.nearest.NearestMeasurements;
import dev.infermark.validate.nearest.Wanted;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark plan}: the cheapest deployment that meets a target. */
@Command(
        mixinStandardHelpOptions = true,
        name = "plan",
        description =
                "Finds the cheapest deployment that meets a target: instance, cores, batch, workers, types, degree.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  infermark plan bert-large-uncased --latency-p99 10ms --throughput 2000/s",
            "  infermark plan bert-base-uncased --price-basis ri-effective --why-not inf2.xlarge",
            "  infermark plan bert-large-uncased --html plan.html",
            "  infermark plan llama-2-70b --isl 128 --osl 128 --goodput tpot:50 --rank-by chips"
        })
final class PlanCommand implements Runnable {
    private static final int DEFAULT_TOP = 10;

    @Mixin
    private ModelOption model = new ModelOption();

    @Mixin
    private TargetOptions target = new TargetOptions();

    @Option(
            names = "--instance",
            split = ",",
            paramLabel = "NAME",
            description = "Search these instance types only (default: all that have a price).")
    private List<String> instanceNames = List.of();

    @Option(
            names = "--auto-cast",
            paramLabel = "CHOICE",
            description = "Search this choice only: matmul, all, none (default: the compiler's own, and all).")
    private @Nullable AutoCast autoCast;

    @Option(
            names = "--rank-by",
            defaultValue = "cost",
            paramLabel = "WHAT",
            description = "cost, latency, or chips, the fewest for a copy (default: ${DEFAULT-VALUE}).")
    private Ranking ranking = Ranking.COST;

    @Option(
            names = "--top",
            paramLabel = "N",
            description = "List the N best deployments (default: the best one of each instance type).")
    private @Nullable Integer top;

    @Option(names = "--front", description = "List the Pareto front of time and cost instead, target or not.")
    private boolean front;

    @Option(names = "--why-not", paramLabel = "INSTANCE", description = "Say why this instance type was not chosen.")
    private @Nullable String whyNot;

    @Option(
            names = "--out",
            paramLabel = "FOLDER",
            description = "Write best_config_topn.csv, pareto.csv and pareto_frontier.png and .svg there.")
    private @Nullable Path out;

    @Option(
            names = "--html",
            paramLabel = "FILE",
            description = "Write a page to choose on, with limits and prices to set; it needs no network.")
    private @Nullable Path page;

    @Mixin
    private PriceOptions prices = new PriceOptions();

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Mixin
    private GenerationOptions generation = new GenerationOptions();

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (top != null && top < 1) {
            throw new UserError("--top " + top + " lists nothing; give 1 or more");
        }
        Catalog catalog = hardware.catalog();
        PriceBook book = prices.book(catalog);
        List<Instance> instances = instances(catalog, book);
        ModelSource source = Models.find(model.name());
        source.notes().forEach(note -> complain("note: " + note));
        Demand demand = target.demand();
        Found found = isTextAsked(source)
                ? generating(source, instances, book)
                : encoding(source, instances, book);
        Plan plan = Plan.of(found, target.limits(), demand, ranking);
        NearestMeasurements all = new NearestMeasurements();
        Function<Setup, Optional<String>> measured = setup -> all.of(wanted(source, setup))
                .map(near -> NearestReport.words(near.measurement()));
        print(plan, measured, source);
        if (whyNot == null && format.isForPeople()) {
            plan.absences().stream()
                    .collect(Collectors.groupingBy(
                            absent -> reason(absent) + hint(source, absent.setup(), catalog, book),
                            LinkedHashMap::new,
                            Collectors.mapping(absent -> absent.setup().instance().name(), Collectors.joining(", "))))
                    .forEach((reason, names) -> complain("note: not to be had: " + names + ": " + reason));
        }
        if (out != null) {
            write(out, plan, book, measured);
        }
        if (page != null) {
            SafeFiles.write(page, PlanPage.write(source.name(), plan, book, catalog.priceBooks()));
        }
    }

    private boolean isTextAsked(ModelSource source) {
        return generation.isAsked(source, workloadOptions.workload(source));
    }

    /** The reason without its remedy, which is about one deployment. */
    private static String reason(Rejection rejection) {
        return rejection.reason().split("; ", 2)[0];
    }

    /** What else would let a network that generates text fit on an instance. */
    private String hint(ModelSource source, Setup setup, Catalog catalog, PriceBook book) {
        if (!isTextAsked(source) || setup.instance().chip().collectives().isEmpty()) {
            return "";
        }
        Question question = generation.question(
                TextModel.of(source, workloadOptions.workload(source)),
                setup.instance(),
                setup.batch(),
                SdkVersion.NEWEST);
        List<String> changes =
                new GenerationAdvice(question, generation.cacheRoom(), catalog, book)
                        .changes().stream().filter(change -> !change.contains("--instance")).toList();
        return changes.isEmpty() ? "" : "; it fits with " + String.join(" or with ", changes);
    }

    private void complain(String text) {
        spec.commandLine().getErr().println("infermark: " + text);
    }

    private Wanted wanted(ModelSource source, Setup setup) {
        return new Wanted(
                source.name(),
                setup.instance(),
                setup.coresPerCopy(),
                setup.batch(),
                workloadOptions.workload(source).sequenceLength(),
                Optional.empty());
    }

    private List<Instance> instances(Catalog catalog, PriceBook book) {
        return instanceNames.isEmpty()
                ? catalog.instances().stream().filter(each -> book.has(each.name())).toList()
                : instanceNames.stream()
                        .map(catalog::instance)
                        .peek(instance -> book.price(instance.name()))
                        .toList();
    }

    private Found encoding(ModelSource source, List<Instance> instances, PriceBook book) {
        generation.requireWholeCopies();
        Inapplicable.refuseForOneCall(spec.commandLine().getParseResult());
        Workload workload = workloadOptions.workload(source);
        GenerationOptions.singleCall(source, workload)
                .ifPresent(note -> complain("note: " + note));
        return new EncoderSearch(
                        parameters.quoter(), Tails.builtIn(), book, core -> precisions(core, workload.type()))
                .search(
                        batch -> network(source, workload.withBatch(batch)),
                        new Space(instances, batches(workload.batch()), Space.WORKERS),
                        trials -> new Progress(spec.commandLine().getErr(), "deployments tried", trials)::step);
    }

    private static Network network(ModelSource source, Workload workload) {
        return Network.of(source, workload, UnknownOption.none());
    }

    private Found generating(ModelSource source, List<Instance> instances, PriceBook book) {
        Workload workload = workloadOptions.workload(source);
        Inapplicable.refuseForText(spec.commandLine().getParseResult());
        TextModel text = TextModel.of(source, workload);
        long batch = workload.batch();
        SdkVersion sdk = SdkVersion.NEWEST;
        GenerationQuoter quoter = parameters.quoter().generation();
        GenerationIntervals intervals = GenerationIntervals.builtIn();
        return new GenerationSearch(
                        quoter,
                        sdk,
                        question -> intervals.of(GenerationQuantity.TPOT, question),
                        book)
                .search(instances.stream().flatMap(instance -> batches(batch).stream()
                        .flatMap(size -> generation.questions(text, instance, size, sdk))));
    }

    private List<Long> batches(long asked) {
        return isBatchGiven() ? List.of(asked) : Space.BATCHES;
    }

    private boolean isBatchGiven() {
        return spec.commandLine().getParseResult().hasMatchedOption("--batch");
    }

    private List<Precision> precisions(NeuronCore core, DataType type) {
        return autoCast == null
                ? EncoderSearch.usualPrecisions(type).apply(core)
                : List.of(Precision.of(type, autoCast, DataType.BF16));
    }

    private void print(Plan plan, Function<Setup, Optional<String>> measured, ModelSource source) {
        PrintWriter writer = spec.commandLine().getOut();
        if (whyNot != null) {
            plan.whyNot(whyNot).forEach(reason -> writer.println(format.fit(reason)));
            return;
        }
        List<Offer> shown = front
                ? plan.front()
                : top == null ? plan.bestOfEachInstance() : plan.offers().stream().limit(top).toList();
        Table table = PlanReport.offers(shown, plan);
        if (format.isForPeople()) {
            writer.print(format.fit(PlanReport.answer(plan)));
            measured.apply(plan.best().candidate().setup())
                    .ifPresent(words -> writer.println(format.fit("nearest measured: " + words)));
            if (!isTextAsked(source) && !isBatchGiven()) {
                Network one = network(source, workloadOptions.workload(source).withBatch(1));
                writer.print(format.fit(PlanReport.rules(plan, one)));
            }
            writer.println();
        }
        writer.print(format.write(table));
    }

    private void write(Path folder, Plan plan, PriceBook book, Function<Setup, Optional<String>> measured) {
        List<Offer> best = plan.offers().stream().limit(top == null ? DEFAULT_TOP : top).toList();
        SafeFiles.write(
                folder.resolve("best_config_topn.csv"),
                TableFormat.CSV.write(PlanReport.details(best, plan.best(), book.name(), book.region(), measured)));
        SafeFiles.write(
                folder.resolve("pareto.csv"),
                TableFormat.CSV.write(PlanReport.details(
                        plan.front(), plan.best(), book.name(), book.region(), measured)));
        String title = model.name() + ", prices: " + book.name();
        SafeFiles.write(folder.resolve("pareto_frontier.png"), ParetoPlot.png(title, plan));
        SafeFiles.write(
                folder.resolve("pareto_frontier.svg"),
                SvgPlot.file(ParetoPlot.scatter("pareto_frontier", title, plan)));
    }

}
