package dev.infermark.deploy;

import dev.infermark.deploy.pipeline.Pipeline;
import dev.infermark.deploy.pipeline.PipelineParts;
import dev.infermark.graph.Parallelism.LayerPipeline;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import dev.infermark.lower.SdkVersion;
import dev.infermark.simulate.Calibration;
import dev.infermark.simulate.Calibrations;
import dev.infermark.simulate.Conditions;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Answers about networks whose layers are divided among cores.
 *
 * @param calibrations the fitted parameters
 */
public record PipelineQuoter(Calibrations calibrations) {

    /**
     * A pipeline over some number of cores of an instance.
     *
     * @param cores how many
     * @param pipeline how it behaves
     * @param hostSeconds what the host adds to a call
     * @param memory what its fullest core holds
     */
    public record Choice(int cores, Pipeline pipeline, double hostSeconds, MemoryUse memory) {

        /** Seconds of a call whose client is the only one. */
        public double aloneSeconds() {
            return pipeline.fillSeconds() + hostSeconds;
        }

        /** Calls per second with clients enough. */
        public double callsPerSecond() {
            return 1 / pipeline.longestSeconds();
        }

        /** The same for each core. */
        public double callsPerCoreAndSecond() {
            return callsPerSecond() / cores;
        }

        /** The fewest clients, each with a call in flight, that keep the longest core busy. */
        public int clients() {
            return (int) Math.ceil(aloneSeconds() / pipeline.longestSeconds());
        }
    }

    /** Pipelines over every number of cores of an instance that has the memory and that the network has parts for. */
    public List<Choice> choices(Network network, Instance instance, Precision precision, SdkVersion sdk) {
        double host = hostSeconds(network.lowered(instance.chip().core(), precision), instance, sdk);
        return IntStream.rangeClosed(1, instance.coreCount())
                .mapToObj(cores -> new Deployment(instance, new LayerPipeline(cores, 1), 1, sdk))
                .takeWhile(deployment -> deployment.cores() <= parts(network, deployment, precision).most())
                .map(deployment -> {
                    Pipeline pipeline = parts(network, deployment, precision).over(deployment.cores());
                    return new Choice(
                            deployment.cores(),
                            pipeline,
                            host,
                            MemoryUse.ofPipeline(network, deployment, precision, pipeline.coreWeights()));
                })
                .filter(choice -> choice.memory().fits())
                .toList();
    }

    /** The choice that lets most calls through for each core, with clients enough; empty where none has the memory. */
    public static Optional<Choice> best(List<Choice> choices) {
        return choices.stream().max(Comparator.comparingDouble(Choice::callsPerCoreAndSecond));
    }

    /** Clients wait for a call each, so that its latency is their number times the time between two calls. */
    Prediction predict(Network network, Deployment deployment, Precision precision, LayerPipeline split) {
        Program program = network.lowered(deployment.instance().chip().core(), precision);
        Pipeline pipeline = parts(network, deployment, precision).over(split.stages());
        MemoryUse memory = MemoryUse.ofPipeline(network, deployment, precision, pipeline.coreWeights());
        memory.requireFit(network, deployment);
        double host = hostSeconds(program, deployment.instance(), deployment.sdk());
        double between = pipeline.secondsPerCall(deployment.workersPerCopy(), host);
        return new Prediction(
                program.name(),
                network.batch(),
                deployment,
                precision,
                List.of(new Phase(
                        Phase.Kind.ENCODE,
                        pipeline.estimate(),
                        pipeline.hops(),
                        host,
                        HostWork.CALLS,
                        pipeline.fillSeconds() + host)),
                deployment.workersPerCopy() * between,
                split.copies() * network.batch() / between,
                memory);
    }

    private PipelineParts parts(Network network, Deployment deployment, Precision precision) {
        Chip chip = deployment.instance().chip();
        return network.parts(
                chip.core(),
                precision,
                calibrations.of(chip.core().generation()),
                new Conditions(deployment.busyCoresPerChip(), deployment.sdk()));
    }

    private double hostSeconds(Program program, Instance instance, SdkVersion sdk) {
        Calibration calibration = calibrations.of(instance.chip().core().generation());
        return HostTime.of(
                        program, Deployment.singleStream(instance, sdk), 0, calibration.host(), calibration.era(sdk))
                .hostSeconds();
    }

    /** What the fullest core of a pipeline holds. */
    MemoryUse memory(Network network, Deployment deployment, Precision precision) {
        Pipeline pipeline = parts(network, deployment, precision).over(deployment.coresPerCopy());
        return MemoryUse.ofPipeline(network, deployment, precision, pipeline.coreWeights());
    }

    /**
     * The fewest cores that have the memory, of this instance or else of the least other with such chips, as options
     * of the command line.
     */
    public List<String> changes(Network network, Deployment deployment, Precision precision, Catalog catalog) {
        Instance here = deployment.instance();
        return catalog.instances().stream()
                .filter(each -> each.chip().name().equals(here.chip().name()) && each.coreCount() >= here.coreCount())
                .sorted(Comparator.comparingInt(Instance::coreCount))
                .flatMap(each -> choices(network, each, precision, deployment.sdk()).stream()
                        .limit(1)
                        .map(choice -> (each.name().equals(here.name()) ? "" : "--instance " + each.name() + " ")
                                + "--pipeline-cores " + choice.cores()))
                .limit(1)
                .toList();
    }
}
