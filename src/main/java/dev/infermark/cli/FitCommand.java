package dev.infermark.cli;

import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.FitSearch;
import dev.infermark.deploy.HostMemory;
import dev.infermark.deploy.MemoryUse;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.generate.GenerationAdvice;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GroupMemory;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.Precision;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
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

/** {@code infermark fit}: whether a network fits, and what to change where it does not. */
@Command(
        mixinStandardHelpOptions = true,
        name = "fit",
        description = "Tells whether a model fits on an instance, by class of memory; one that generates text, split"
                + " over cores, another with a copy on each core. Exits with 1 when it does not, and names the smallest"
                + " changes that do.",
        footerHeading = "%nExamples:%n",
        footer = {
            "  infermark fit llama-3-8b --instance inf2.8xlarge --tensor-parallel 2 --input-length 1024",
            "  infermark fit resnet50 --instance inf1.xlarge --batch 64"
        })
final class FitCommand implements Callable<Integer> {
    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--instance",
            paramLabel = "NAME",
            description = "The instance type (default: inf2.48xlarge to generate text, or else inf2.xlarge).")
    private @Nullable String instanceName;

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Mixin
    private DeploymentOptions deployments = new DeploymentOptions();

    @Mixin
    private PriceOptions prices = new PriceOptions();

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
        ModelSource source = Models.find(model.name());
        source.notes().forEach(note -> complain("note: " + note));
        Workload workload = workloadOptions.workload(source);
        if (generation.isAsked(source, workload)) {
            deployments.requireNoPipeline("text generation");
            return generate(source, workload);
        }
        return source.generatesText() && !deployments.isPipeline() && sharesTextGeneration()
                ? generate(source, workload)
                : once(source, workload);
    }

    /** Whether the instance has libraries that share the generation of text among its cores. */
    private boolean sharesTextGeneration() {
        return instanceName == null
                || hardware.catalog().instance(instanceName).chip().collectives().isPresent();
    }

    /** A copy on each core, called once for an answer. */
    private int once(ModelSource source, Workload workload) {
        Instance instance = hardware.catalog().instance(instanceName == null ? "inf2.xlarge" : instanceName);
        Network network = Network.of(source, workload, UnknownOption.none());
        Deployment deployment = deployments.deployment(instance, generation.degree(network)).with(generation.norms());
        Precision precision = deployments.precision(instance.chip().core(), workload.type());
        Quoter quoter = Quoter.builtIn();
        MemoryUse memory = quoter.memory(network, deployment, precision);
        HostMemory host = HostMemory.of(network, memory, deployment);
        spec.commandLine().getOut().print(format.write(FitReport.memory(memory, host)));
        host.warning().ifPresent(this::complain);
        if (memory.fits()) {
            return ExitCode.OK;
        }
        return advise(
                deployment.isPipeline()
                        ? quoter.pipelines().remedies(network, deployment, precision)
                        : new FitSearch(
                                        network,
                                        deployment,
                                        core -> deployments.precision(core, workload.type()),
                                        workload.type(),
                                        batch -> Network.of(
                                                source, workload.withBatch(batch), UnknownOption.none()))
                                .changes(hardware.catalog()));
    }

    private int generate(ModelSource source, Workload workload) {
        Catalog catalog = hardware.catalog();
        Instance instance = catalog.instance(instanceName == null ? "inf2.48xlarge" : instanceName);
        Question question = generation.question(
                GenerationOptions.shape(source), instance, workload.batch(), deployments.release());
        question.requireLibrary();
        if (!generation.isAsked(source, workload)) {
            complain("note: with room for prompts of " + question.request().inputTokens()
                    + " tokens and one more; give --input-length and --output-length for others");
        }
        generation.notes().forEach(note -> complain("note: " + note));
        GroupMemory memory = question.memory();
        spec.commandLine().getOut().print(format.write(FitReport.memory(memory)));
        return memory.fits()
                ? ExitCode.OK
                : advise(GenerationAdvice.changes(question, catalog, prices.book(catalog)));
    }

    private int advise(List<String> changes) {
        complain("does not fit; "
                + (changes.isEmpty() ? "no single change helps" : "any of these does: " + String.join("; ", changes)));
        return ExitCode.SOFTWARE;
    }

    private void complain(String text) {
        spec.commandLine().getErr().println("infermark: " + text);
    }
}
