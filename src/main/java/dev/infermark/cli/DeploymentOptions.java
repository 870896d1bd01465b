package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Instance;
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

/** How a network is compiled and served; the same for every command that predicts one. */
final class DeploymentOptions {
    private static final Set<DataType> CAST_TYPES =
            Set.of(DataType.BF16, DataType.FP16, DataType.TF32, DataType.CFP8);

    @Option(names = "--cores", paramLabel = "N", description = "Cores that each hold a copy (default: all).")
    private @Nullable Integer cores;

    @Option(
            names = "--pipeline-cores",
            paramLabel = "N",
            description = "Divide the layers among N cores; --workers are the clients of the pipeline.")
    private @Nullable Integer pipelineCores;

    @Option(
            names = "--workers",
            defaultValue = "1",
            paramLabel = "N",
            description = "Clients per core, each with one call in flight (default: ${DEFAULT-VALUE}).")
    private int workers;

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

    /** The deployment on an instance. */
    Deployment deployment(Instance instance) {
        return share(instance, 1);
    }

    /** The deployment of one of several models that share out the cores of an instance, unless they have been told. */
    Deployment share(Instance instance, int models) {
        return new Deployment(
                instance,
                pipelineCores == null
                        ? new Parallelism.Replicated(
                                cores == null ? Math.max(1, instance.coreCount() / models) : cores)
                        : new Parallelism.LayerPipeline(
                                pipelineCores, Math.max(1, (cores == null ? pipelineCores : cores) / pipelineCores)),
                workers,
                sdk == null
                        ? SdkVersion.NEWEST
                        : SdkReleases.builtIn().require(sdk, instance.chip()));
    }

    /** Whether the layers are divided among cores. */
    boolean isPipeline() {
        return pipelineCores != null;
    }

    /** The release that was asked for, whatever chip it is for. */
    SdkVersion release() {
        return sdk == null ? SdkVersion.NEWEST : SdkVersion.parse(sdk);
    }

    /** The types that a checkpoint of this type computes in on a core. */
    Precision precision(NeuronCore core, DataType type) {
        if (!CAST_TYPES.contains(castTo)) {
            throw new UserError("--auto-cast-type " + castTo.label() + " is no type to cast to; use bf16, fp16, tf32 or"
                    + " cfp8");
        }
        AutoCast choice = autoCast == null
                ? Compiler.of(core.generation()).defaultAutoCast()
                : autoCast;
        return Precision.of(type, choice, castTo);
    }
}
