package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a network is compiled and served; the same for every command that predicts one. */
final class DeploymentOptions {
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

    @Mixin
    private CompilationOptions compilation = new CompilationOptions();

    /** The deployment on an instance. */
    Deployment deployment(Instance instance) {
        return share(instance, 1);
    }

    /** The same where so many cores share each copy. */
    Deployment deployment(Instance instance, OptionalInt degree) {
        if (degree.orElse(1) == 1) {
            return deployment(instance);
        }
        if (pipelineCores != null) {
            throw new UserError("--tensor-parallel and --pipeline-cores divide a network in two ways; give one");
        }
        int all = cores == null ? instance.coreCount() : cores;
        return new Deployment(
                instance,
                new Parallelism.TensorParallel(degree.getAsInt(), Math.max(1, all / degree.getAsInt())),
                workers,
                compilation.release(instance.chip()));
    }

    /** The deployment of one of several models that share out the cores of an instance, unless they have been told. */
    Deployment share(Instance instance, int models) {
        return deployment(instance, models, compilation.release(instance.chip()));
    }

    /** The deployment of a network that a release of the SDK has compiled already. */
    Deployment deployment(Instance instance, SdkVersion release) {
        return deployment(instance, 1, release);
    }

    private Deployment deployment(Instance instance, int models, SdkVersion release) {
        return new Deployment(
                instance,
                pipelineCores == null
                        ? new Parallelism.Replicated(
                                cores == null ? Math.max(1, instance.coreCount() / models) : cores)
                        : new Parallelism.LayerPipeline(
                                pipelineCores, Math.max(1, (cores == null ? pipelineCores : cores) / pipelineCores)),
                workers,
                release);
    }

    /** Whether the layers are divided among cores. */
    boolean isPipeline() {
        return pipelineCores != null;
    }

    /** The release that was asked for, whatever chip it is for. */
    SdkVersion release() {
        return compilation.release();
    }

    /** The types that a checkpoint of this type computes in on a core. */
    Precision precision(NeuronCore core, DataType type) {
        return compilation.precision(core, type);
    }
}
