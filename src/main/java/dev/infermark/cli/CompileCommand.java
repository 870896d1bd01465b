package dev.infermark.cli;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.Sha256;
import dev.infermark.base.UserError;
import dev.infermark.deploy.Network;
import dev.infermark.hardware.Chip;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.report.runtime.CompileReport;
import dev.infermark.report.table.Table;
import dev.infermark.runtime.compiled.CompiledFile;
import dev.infermark.runtime.compiled.CompiledNetwork;
import dev.infermark.runtime.compiled.Provenance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark compile}: lowers a model once and keeps the program in a file. */
@Command(
        mixinStandardHelpOptions = true,
        name = "compile",
        description = "Lowers a model for a chip and writes the program into a file, which predict --compiled reads; "
                + "prints what the Neuron compiler would take for it.",
        footerHeading = "%nExample:%n",
        footer = {
            "  infermark compile bert-large-uncased --batch 8 --out bert.infermark",
            "  infermark predict --compiled bert.infermark --instance inf2.48xlarge"
        })
final class CompileCommand implements Runnable {
    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--out",
            required = true,
            paramLabel = "FILE",
            description = "The file of the compiled network, such as bert.infermark.")
    private Path out = Path.of("");

    @Option(
            names = "--instance",
            defaultValue = "inf2.xlarge",
            paramLabel = "NAME",
            description = "An instance with the chip to compile for (default: ${DEFAULT-VALUE}).")
    private String instanceName = "";

    @Mixin
    private UnknownOption unknown = new UnknownOption();

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Mixin
    private CompilationOptions compilation = new CompilationOptions();

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
        ModelSource source = Models.find(model.name());
        SafeFiles.requireWritable(out);
        if (isSame(out, Path.of(model.name()))) {
            throw new UserError("--out " + out + " is the model itself; name another file");
        }
        Chip chip = hardware.catalog().instance(instanceName).chip();
        source.notes().forEach(this::note);
        Workload workload = workloadOptions.workload(source);
        Network network = Network.of(source, workload, unknown.support());
        CompiledNetwork compiled = CompiledNetwork.of(
                network,
                chip,
                compilation.release(chip),
                compilation.precision(chip.core(), workload.type()),
                provenance());
        byte[] content = CompiledFile.content(compiled);
        SafeFiles.write(out, content);
        Table table = CompileReport.table(compiled, chip, out, content.length);
        spec.commandLine().getOut().print(format.write(format.isForPeople() ? table.upright() : table));
    }

    private static boolean isSame(Path one, Path other) {
        try {
            return Files.exists(one) && Files.exists(other) && Files.isSameFile(one, other);
        } catch (IOException e) {
            throw new UserError("cannot read " + other + ": " + e.getMessage() + "; check the permissions", e);
        }
    }

    private Provenance provenance() {
        Path file = Path.of(model.name());
        return new Provenance(
                Infermark.version(),
                "infermark " + String.join(" ", spec.root().commandLine().getParseResult().originalArgs()),
                model.name(),
                Files.isRegularFile(file) ? Optional.of(Sha256.of(file)) : Optional.empty(),
                CompiledOption.sum(parameters.calibrations()));
    }

    private void note(String text) {
        spec.commandLine().getErr().println("infermark: note: " + text);
    }
}
