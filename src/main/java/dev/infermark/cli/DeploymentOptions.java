package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Deployment;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.AutoCast;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How a network is compiled and served; the same for every command that predicts one. */
final class DeploymentOptions {
    private static final String AUTO = "auto";

    @Option(names = "--cores", paramLabel = "N", description = "Cores that each hold a copy (default: all).")
    private @Nullable Integer cores;

    @Option(
            names = "--pipeline-cores",
            paramLabel = "N",
            description = "Divide the layers among N cores; --workers are the clients of the pipeline. In predict, "
                    + "auto takes the number that lets most calls through for each core.")
    private @Nullable String pipeline;

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
        if (pipeline != null) {
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
                pipeline == null
                        ? new Parallelism.Replicated(
                                cores == null ? Math.max(1, instance.coreCount() / models) : cores)
                        : pipeline(stages(pipeline)),
                workers,
                release);
    }

    /** Pipelines of so many cores, on all that were asked for. */
    Deployment pipeline(Instance instance, int stages) {
        return new Deployment(instance, pipeline(stages), workers, compilation.release(instance.chip()));
    }

    private Parallelism pipeline(int stages) {
        return new Parallelism.LayerPipeline(stages, cores == null ? 1 : Math.max(1, cores / stages));
    }

    private static int stages(String text) {
        if (text.equalsIgnoreCase(AUTO)) {
            throw new UserError("--pipeline-cores auto searches in predict; give a number here");
        }
        try {
            int stages = Integer.parseInt(text);
            if (stages < 1) {
                throw new UserError("--pipeline-cores " + text + " leaves no core to run on; give 1 or more");
            }
            return stages;
        } catch (NumberFormatException e) {
            throw new UserError("--pipeline-cores " + text + " is no number of cores; give one, or auto in predict");
        }
    }

    /** Whether the layers are divided among cores. */
    boolean isPipeline() {
        return pipeline != null;
    }

    /** Refuses to divide the layers of a network that generates text, or of one that runs in some other way. */
    void requireNoPipeline(String what) {
        if (isPipeline()) {
            throw new UserError("--pipeline-cores divides a network that is called once for an answer, and is not"
                    + " modelled for " + what + "; leave one of them out");
        }
    }

    /** Whether the best number of cores to divide them among is to be found. */
    boolean isPipelineSought() {
        return AUTO.equalsIgnoreCase(pipeline);
    }

    /** The release that was asked for, whatever chip it is for. */
    SdkVersion release() {
        return compilation.release();
    }

    /** The types that a checkpoint of this type computes in on a core. */
    Precision precision(NeuronCore core, DataType type) {
        return compilation.precision(core, type);
    }

    /** The same where all its operators are cast. */
    Precision precisionOfAllCast(DataType type) {
        return compilation.precision(type, AutoCast.ALL);
    }
}
