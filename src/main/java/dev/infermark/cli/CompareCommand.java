package dev.infermark.cli;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quote;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.json.JsonRefusal;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkReleases;
import dev.infermark.lower.SdkVersion;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.report.plan.CompareReport;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Table;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code infermark compare}: what changes between two answers, and which term causes it. */
@Command(
        mixinStandardHelpOptions = true,
        name = "compare",
        description = "Compares two instance types, models, releases of the SDK, or answers that predict --format json"
                + " wrote, and tells which term makes the difference.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  infermark compare inf1.xlarge inf2.xlarge --model bert-large-uncased",
            "  infermark compare 2.9 2.20 --model bert-large-uncased --instance inf2.xlarge",
            "  infermark compare bert-base-uncased bert-large-uncased --instance inf2.xlarge",
            "  infermark compare before.json after.json"
        })
final class CompareCommand implements Runnable {
    @Parameters(index = "0", paramLabel = "A", description = "Instance, model, release or file.")
    private String first = "";

    @Parameters(index = "1", paramLabel = "B", description = "The other one, of the same kind.")
    private String second = "";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "The model, where instances or releases are compared.")
    private @Nullable String model;

    @Option(
            names = "--instance",
            defaultValue = "inf2.xlarge",
            paramLabel = "NAME",
            description = "The instance type, where models or releases are compared (default: ${DEFAULT-VALUE}).")
    private String instanceName = "";

    @Option(names = "--cores", paramLabel = "N", description = "Cores that each hold a copy (default: all).")
    private @Nullable Integer cores;

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Mixin
    private PriceOptions prices = new PriceOptions();

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    /** What the two arguments are. */
    private enum Kind {
        FILE,
        INSTANCE,
        RELEASE,
        MODEL
    }

    @Override
    public void run() {
        Catalog catalog = hardware.catalog();
        Kind kind = kind(first, catalog);
        if (kind != kind(second, catalog)) {
            throw new UserError("'" + first + "' and '" + second + "' are not of one kind; compare two instances, two"
                    + " models, two releases, or two files");
        }
        Table table = kind == Kind.FILE
                ? saved()
                : CompareReport.of(first, quote(first, kind, catalog), second, quote(second, kind, catalog));
        spec.commandLine().getOut().print(format.write(table));
    }

    private static Kind kind(String word, Catalog catalog) {
        if (catalog.instances().stream().anyMatch(instance -> instance.name().equalsIgnoreCase(word))) {
            return Kind.INSTANCE;
        }
        return word.endsWith(".json") && !word.endsWith("config.json")
                ? Kind.FILE
                : word.matches("\\d+(\\.\\d+){1,2}") ? Kind.RELEASE : Kind.MODEL;
    }

    private Quote quote(String word, Kind kind, Catalog catalog) {
        if (kind != Kind.MODEL && model == null) {
            throw new UserError("no model is named; give --model a name or file, for example bert-large-uncased");
        }
        ModelSource source = Models.find(kind == Kind.MODEL ? word : String.valueOf(model));
        Workload workload = workloadOptions.workload(source);
        Instance instance = catalog.instance(kind == Kind.INSTANCE ? word : instanceName);
        SdkVersion sdk = kind == Kind.RELEASE
                ? SdkReleases.builtIn().require(word, instance.chip())
                : SdkVersion.NEWEST;
        return parameters.quoter().quote(
                Network.of(source, workload, UnknownOption.none()),
                new Deployment(
                        instance, new Parallelism.Replicated(cores == null ? instance.coreCount() : cores), 1, sdk),
                Precision.compilerDefault(workload.type(), instance.chip().core()),
                prices.book(catalog));
    }

    /** The numbers that both files have. */
    private Table saved() {
        JsonNode from = answer(Path.of(first));
        JsonNode to = answer(Path.of(second));
        List<List<Cell>> rows = new ArrayList<>();
        for (String key : from.propertyNames()) {
            if (from.path(key).isNumber() && to.path(key).isNumber()) {
                rows.add(CompareReport.saved(key, number(first, from, key), number(second, to, key)));
            }
        }
        if (rows.isEmpty()) {
            throw new UserError(first + " and " + second + " have no number in common; save answers with infermark"
                    + " predict --format json");
        }
        return CompareReport.table(first, second, rows);
    }

    private static double number(String file, JsonNode answer, String key) {
        double value = answer.path(key).asDouble();
        if (!Double.isFinite(value)) {
            throw new UserError(file + ": " + key + " is larger than any answer; save it again with infermark predict"
                    + " --format json");
        }
        return value;
    }

    private static JsonNode answer(Path file) {
        try {
            JsonNode root = JsonMapper.shared().readTree(SafeFiles.read(file));
            return root.path("rows").size() == 1 ? root.path("rows").get(0) : root;
        } catch (JacksonException e) {
            throw new UserError(
                    file + " " + JsonRefusal.ofText(e) + "; save an answer with infermark predict --format json", e);
        }
    }
}
