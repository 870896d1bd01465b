package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.FitSearch;
import dev.infermark.deploy.HostMemory;
import dev.infermark.deploy.MemoryUse;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.generate.GenerationAdvice;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GroupMemory;
import dev.infermark.deploy.generate.TextModel;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.Precision;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.report.generation.FitReport;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
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
        description = "Tells whether a model fits on an instance, by class of memory; with lengths, one that generates"
                + " text, split over cores, else with a copy on each core. Exits with 1 when it does not, and names the"
                + " smallest changes that do.",
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
            defaultValue = "inf2.xlarge",
            description = "The instance type (default: ${DEFAULT-VALUE}).")
    private String instanceName = "";

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
        GenerationOptions.singleCall(source, workload).ifPresent(note -> complain("note: " + note));
        return once(source, workload);
    }

    private Instance instance() {
        if (instanceName.contains(",")) {
            throw new UserError("fit tells of one instance, and --instance names several: " + instanceName
                    + "; give one of them");
        }
        return hardware.catalog().instance(instanceName);
    }

    /** A copy on each core, called once for an answer. */
    private int once(ModelSource source, Workload workload) {
        Inapplicable.refuseForOneCall(spec.commandLine().getParseResult());
        Instance instance = instance();
        Network network = Network.of(source, workload, UnknownOption.none());
        CalledOnce options = new CalledOnce(source, workload, network);
        Deployment deployment = options.on(instance);
        Precision precision = options.precision(instance.chip().core());
        Quoter quoter = Quoter.builtIn();
        MemoryUse memory = quoter.memory(network, deployment, precision);
        HostMemory host = HostMemory.of(network, memory, deployment);
        spec.commandLine().getOut().print(format.write(FitReport.memory(memory, host)));
        host.warning(hardware.catalog()).ifPresent(this::complain);
        if (memory.fits()) {
            return ExitCode.OK;
        }
        return advise(
                memory.lack(deployment),
                deployment.isPipeline()
                        ? quoter.pipelines().changes(network, deployment, precision, hardware.catalog())
                        : new FitSearch(network, deployment, options).changes(hardware.catalog()));
    }

    /** What these options make of a network that is called once where one of them is another. */
    private final class CalledOnce implements FitSearch.Options {
        private final ModelSource source;
        private final Workload workload;
        private final Network network;

        CalledOnce(ModelSource source, Workload workload, Network network) {
            this.source = source;
            this.workload = workload;
            this.network = network;
        }

        @Override
        public Deployment on(Instance instance) {
            return on(instance, generation.degree(network));
        }

        @Override
        public Deployment on(Instance instance, int degree) {
            if (GenerationOptions.generates(source, workload)) {
                throw new UserError("--tensor-parallel asks " + source.name() + " for text; give --output-length");
            }
            return on(instance, OptionalInt.of(degree));
        }

        private Deployment on(Instance instance, OptionalInt degree) {
            return deployments.deployment(instance, degree).with(generation.norms());
        }

        @Override
        public Precision precision(NeuronCore core) {
            return deployments.precision(core, workload.type());
        }

        @Override
        public Precision precisionOfAllCast(NeuronCore core) {
            return deployments.precisionOfAllCast(workload.type());
        }

        @Override
        public Network withBatch(long size) {
            return Network.of(source, workload.withBatch(size), UnknownOption.none());
        }
    }

    private int generate(ModelSource source, Workload workload) {
        Inapplicable.refuseForText(spec.commandLine().getParseResult());
        Catalog catalog = hardware.catalog();
        Instance instance = instance();
        TextModel text = TextModel.of(source, workload);
        Question question = generation.room(text, instance, workload.batch(), deployments.release());
        question.requireLibrary();
        if (!generation.saysRoom()) {
            complain("note: with room for prompts of " + question.request().inputTokens()
                    + " tokens and one more; give --input-length and --output-length for others");
        }
        generation.notes(text, question).forEach(note -> complain("note: " + note));
        GroupMemory memory = question.memory();
        spec.commandLine().getOut().print(format.write(FitReport.memory(memory)));
        return memory.lack()
                .map(lack -> advise(
                        lack,
                        new GenerationAdvice(question, generation.cacheRoom(), catalog, prices.book(catalog))
                                .changes()))
                .orElse(ExitCode.OK);
    }

    private int advise(String lack, List<String> changes) {
        String which = changes.size() == 1 ? "this does: " : "any of these does: ";
        complain("does not fit: " + lack + "; "
                + (changes.isEmpty() ? "no change helps" : which + String.join("; ", changes)));
        return ExitCode.SOFTWARE;
    }

    private void complain(String text) {
        spec.commandLine().getErr().println("infermark: " + text);
    }
}
