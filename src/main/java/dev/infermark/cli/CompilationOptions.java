package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.AutoCast;
import dev.infermark.lower.Compiler;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkReleases;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a network is compiled; the same for every command that lowers one. */
final class CompilationOptions {
    private static final Set<DataType> CAST_TYPES =
            Set.of(DataType.BF16, DataType.FP16, DataType.TF32, DataType.CFP8);

    @Option(
            names = "--auto-cast",
            paramLabel = "CHOICE",
            description = "Which operators of an FP32 checkpoint are cast: matmul, all, none "
                    + "(default: what the generation's compiler does).")
    private @Nullable AutoCast autoCast;

    @Option(
            names = "--auto-cast-type",
            defaultValue = "bf16",
            paramLabel = "TYPE",
            description = "The type they are cast to: bf16, fp16, tf32, cfp8 (default: ${DEFAULT-VALUE}).")
    private DataType castTo = DataType.BF16;

    @Option(
            names = "--sdk",
            paramLabel = "RELEASE",
            description = "Release of the Neuron SDK, such as 2.9 (default: the newest that is modelled).")
    private @Nullable String sdk;

    /** The release of the SDK for a chip. */
    SdkVersion release(Chip chip) {
        return sdk == null ? SdkVersion.NEWEST : SdkReleases.builtIn().require(sdk, chip);
    }

    /** The release that was asked for, whatever chip it is for. */
    SdkVersion release() {
        return sdk == null ? SdkVersion.NEWEST : SdkVersion.parse(sdk);
    }

    /** The types that a checkpoint of this type computes in on a core. */
    Precision precision(NeuronCore core, DataType type) {
        return precision(
                type,
                autoCast == null ? Compiler.of(core.generation()).defaultAutoCast() : autoCast);
    }

    /** The types where this choice is made instead. */
    Precision precision(DataType type, AutoCast choice) {
        if (!CAST_TYPES.contains(castTo)) {
            throw new UserError("--auto-cast-type " + castTo.label() + " is no type to cast to; use bf16, fp16, tf32 or"
                    + " cfp8");
        }
        return Precision.of(type, choice, castTo);
    }
}
