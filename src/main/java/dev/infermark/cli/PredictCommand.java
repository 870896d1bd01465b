package dev.infermark.cli;

import dev.infermark.deploy.Cost;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Predictor;
import dev.infermark.graph.Graph;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.AutoCast;
import dev.infermark.lower.Coverage;
import dev.infermark.lower.Lowerer;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.report.PredictionReport;
import dev.infermark.report.Table;
import dev.infermark.report.TableFormat;
import dev.infermark.validate.Interval;
import dev.infermark.validate.OperatorMix;
import java.io.PrintWriter;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark predict}: one model on one instance. */
@Command(
        name = "predict",
        description = "Predicts latency, throughput, cost, engine shares and memory of a model on an instance.")
final class PredictCommand implements Runnable {
    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "A built-in name (see 'infermark models') or a model file.")
    private String model = "";

    @Option(
            names = "--instance",
            defaultValue = "inf2.xlarge",
            paramLabel = "NAME",
            description = "The instance type (default: ${DEFAULT-VALUE}).")
    private String instanceName = "";

    @Option(names = "--cores", paramLabel = "N", description = "Cores that each hold a copy (default: all).")
    private @Nullable Integer cores;

    @Option(
            names = "--workers",
            defaultValue = "1",
            paramLabel = "N",
            description = "Clients per core, each with one call in flight (default: ${DEFAULT-VALUE}).")
    private int workers;

    @Option(
            names = "--auto-cast",
            paramLabel = "CHOICE",
            description = "Which operators of an FP32 checkpoint are cast: ${COMPLETION-CANDIDATES} "
                    + "(default: what the generation's compiler does).")
    private @Nullable AutoCast autoCast;

    @Option(
            names = "--auto-cast-type",
            defaultValue = "bf16",
            paramLabel = "TYPE",
            description = "The type they are cast to: bf16, fp16, tf32, cfp8 (default: ${DEFAULT-VALUE}).")
    private DataType castTo = DataType.BF16;

    @Option(
            names = "--price-basis",
            defaultValue = "on-demand",
            paramLabel = "BOOK",
            description = "The price book (default: ${DEFAULT-VALUE}).")
    private String priceBook = "";

    @Option(
            names = "--sdk",
            paramLabel = "RELEASE",
            description = "Release of the Neuron SDK, such as 2.9 (default: the newest).")
    private @Nullable String sdk;

    @Option(
            names = "--allow-unknown",
            paramLabel = "OPERATOR",
            description = "Cost this operator, which nobody models, as data movement only; may be repeated.")
    private Set<String> allowedUnknown = Set.of();

    @Option(names = "--layers", description = "Print what bounds each layer instead of the summary.")
    private boolean layers;

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

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
        Catalog catalog = hardware.catalog();
        Instance instance = catalog.instance(instanceName);
        PriceBook book = catalog.priceBook(priceBook);
        Workload workload = workloadOptions.workload();
        Deployment deployment = new Deployment(
                instance,
                cores == null ? instance.coreCount() : cores,
                workers,
                workload.batch(),
                sdk == null ? SdkVersion.NEWEST : SdkVersion.parse(sdk));
        Precision precision = precision(workload, instance);
        Graph graph = Models.find(model).graph(workload);
        Coverage coverage = Coverage.of(graph);
        Program program = new Lowerer(instance.chip().core(), precision, allowedUnknown).lower(graph);
        if (!coverage.unmodelled().isEmpty()) {
            spec.commandLine().getErr().println("infermark: costed as data movement only: " + coverage.summary());
        }
        Prediction prediction =
                new Predictor(parameters.calibrations()).predict(program, deployment, precision);
        Interval interval = parameters.intervals().of(instance.chip().core().name(), OperatorMix.of(graph));
        Cost cost = prediction.cost(book.name(), book.price(instance.name()).dollarsPerHour());
        print(layers ? PredictionReport.layers(prediction) : PredictionReport.summary(prediction, interval, cost));
    }

    private Precision precision(Workload workload, Instance instance) {
        return autoCast == null
                ? Precision.compilerDefault(workload.type(), instance.chip().core())
                : Precision.of(workload.type(), autoCast, castTo);
    }

    private void print(Table table) {
        boolean isForPeople = format.format == TableFormat.TABLE || format.format == TableFormat.MARKDOWN;
        PrintWriter out = spec.commandLine().getOut();
        out.print(format.format.write(isForPeople && !layers ? table.upright() : table));
    }
}
