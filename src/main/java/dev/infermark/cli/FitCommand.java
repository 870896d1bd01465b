package dev.infermark.cli;

import dev.infermark.deploy.generate.GenerationAdvice;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GroupMemory;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.SdkVersion;
import dev.infermark.reader.Models;
import dev.infermark.report.generation.FitReport;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark fit}: whether a network that generates text fits, and what to change where it does not. */
@Command(
        mixinStandardHelpOptions = true,
        name = "fit",
        description = "Tells whether a model that generates text fits on an instance, by class of memory. Exits with 1"
                + " when it does not, and names the smallest changes that do.",
        footerHeading = "%nExample:%n",
        footer = "  infermark fit llama-3-8b --instance inf2.8xlarge --tensor-parallel 2 --input-length 1024")
final class FitCommand implements Callable<Integer> {
    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--instance",
            defaultValue = "inf2.48xlarge",
            paramLabel = "NAME",
            description = "The instance type (default: ${DEFAULT-VALUE}).")
    private String instance = "";

    @Option(
            names = "--batch",
            defaultValue = "1",
            paramLabel = "N",
            description = "Sequences generated together (default: ${DEFAULT-VALUE}).")
    private long batch;

    @Option(
            names = "--sdk",
            paramLabel = "RELEASE",
            description = "Release of the Neuron SDK, such as 2.18 (default: the newest).")
    private @Nullable String sdk;

    @Option(
            names = "--price-basis",
            defaultValue = "on-demand",
            paramLabel = "BOOK",
            description = "The price book that larger instances are chosen by (default: ${DEFAULT-VALUE}).")
    private String priceBook = "";

    @Mixin
    private GenerationOptions generation = new GenerationOptions();

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        Catalog catalog = hardware.catalog();
        SdkVersion release = sdk == null ? SdkVersion.NEWEST : SdkVersion.parse(sdk);
        Question question = generation.question(
                GenerationOptions.shape(Models.find(model.name())), catalog.instance(instance), batch, release);
        GroupMemory memory = question.memory();
        spec.commandLine().getOut().print(format.format.write(FitReport.memory(memory)));
        if (memory.fits()) {
            return ExitCode.OK;
        }
        List<String> changes = GenerationAdvice.changes(question, catalog, catalog.priceBook(priceBook));
        spec.commandLine().getErr().println("infermark: does not fit; "
                + (changes.isEmpty() ? "no single change helps" : "any of these does: " + String.join("; ", changes)));
        return ExitCode.SOFTWARE;
    }
}
