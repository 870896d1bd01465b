package dev.infermark.cli;

import dev.infermark.base.Sha256;
import dev.infermark.base.UserError;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.runtime.compiled.CompiledFile;
import dev.infermark.runtime.compiled.CompiledNetwork;
import dev.infermark.simulate.Calibrations;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParseResult;

/** The {@code --compiled} that stands for a model and all that was said when it was compiled. */
final class CompiledOption {
    /** What is still open after compiling; everything else is in the file. */
    private static final Set<String> OPEN = Set.of(
            "--compiled",
            "--instance",
            "--price-basis",
            "--prices",
            "--region",
            "--layers",
            "--cores",
            "--pipeline-cores",
            "--workers",
            "--hardware",
            "--params",
            "--intervals",
            "--format");

    @Option(
            names = "--compiled",
            paramLabel = "FILE",
            description = "Predict what infermark compile wrote, in place of a model.")
    private @Nullable Path file;

    boolean isGiven() {
        return file != null;
    }

    /** The compiled network; refuses what else was given and is in the file already. */
    CompiledNetwork read(ParseResult parsed) {
        for (ArgSpec argument : parsed.matchedArgs()) {
            String name = argument instanceof OptionSpec option ? option.longestName() : "MODEL";
            if (!OPEN.contains(name)) {
                throw new UserError(name + " is decided when a model is compiled; leave it out beside --compiled, or"
                        + " compile again with it");
            }
        }
        return CompiledFile.read(Objects.requireNonNull(file));
    }

    /** What may make the answer differ from the one at the time of compiling. */
    List<String> notes(CompiledNetwork network, Calibrations calibrations) {
        List<String> notes = new ArrayList<>();
        String tool = Infermark.version();
        if (!network.provenance().tool().equals(tool)) {
            notes.add("note: " + file + " was compiled by " + network.provenance().tool() + ", and this is " + tool
                    + ", which may lower the model otherwise");
        }
        if (!network.provenance().parametersSha256().equals(sum(calibrations))) {
            notes.add("note: " + file + " was compiled beside other fitted parameters; the prediction uses today's");
        }
        return notes;
    }

    /** The smallest instance with the chip that the network was compiled for. */
    static Instance smallest(CompiledNetwork network, Catalog catalog) {
        String chip = network.target().chip();
        return catalog.instances().stream()
                .filter(instance -> instance.chip().name().equals(chip))
                .min(Comparator.comparingInt(Instance::coreCount).thenComparingLong(Instance::hostMemoryBytes))
                .orElseThrow(() -> new UserError(network.facts().name() + " is compiled for the chip " + chip
                        + ", which no instance here has; give its file by --hardware"));
    }

    /** The checksum of fitted parameters. */
    static String sum(Calibrations calibrations) {
        return Sha256.of(calibrations.json().getBytes(StandardCharsets.UTF_8));
    }
}
