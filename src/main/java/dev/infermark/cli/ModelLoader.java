package dev.infermark.cli;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import dev.infermark.deploy.CoreMemory;
import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quoter;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.Precision;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.runtime.queue.Batching;
import dev.infermark.runtime.queue.Service;
import dev.infermark.runtime.queue.Services;
import dev.infermark.serve.device.ModelQueue;
import dev.infermark.serve.device.ServingListener;
import dev.infermark.serve.metrics.MemoryClass;
import dev.infermark.serve.model.ServedModel;
import dev.infermark.serve.pacing.PacedClock;
import dev.infermark.serve.pacing.TimeScale;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts models side by side on the cores of an instance, so that they can be served.
 *
 * @param instance where they are
 * @param workload what each of their calls carries
 * @param deployments how each is deployed
 * @param quoter what predicts their times
 */
record ModelLoader(Instance instance, WorkloadOptions workload, DeploymentOptions deployments, Quoter quoter) {
    private static final double MILLIS = 1e3;

    /**
     * How requests queue for each model.
     *
     * @param maxDelaySeconds how long a request waits for others
     * @param limit most sequences or images that wait
     * @param seed of the times that calls take
     */
    record Queueing(double maxDelaySeconds, int limit, long seed) {}

    /**
     * What was loaded.
     *
     * @param models in their order
     * @param memory bytes that each NeuronCore in use holds
     */
    record Loaded(List<ServedModel> models, SortedMap<Integer, Map<MemoryClass, Long>> memory) {}

    /**
     * Loads models, each onto the cores after those of the one before.
     *
     * @param named models, and what clients call them
     * @throws UserError when the instance has too few cores, or one of them cannot be predicted
     */
    Loaded load(
            List<NamedModel> named, Queueing queueing, PacedClock clock, TimeScale scale, ServingListener listener) {
        List<ServedModel> loaded = new ArrayList<>();
        SortedMap<Integer, Map<MemoryClass, Long>> memory = new TreeMap<>();
        int firstCore = 0;
        for (NamedModel model : named) {
            Deployment deployment = deployments.share(instance, named.size());
            if (firstCore + deployment.cores() > instance.coreCount()) {
                throw new UserError(named.size() + " models of " + deployment.cores() + " cores each do not fit the "
                        + instance.coreCount() + " cores of " + instance.name()
                        + "; give fewer --cores, fewer models or a larger --instance");
            }
            ModelSource source = Models.find(model.model());
            Workload carried = workload.workload(source);
            Network network = Network.of(source, carried, UnknownOption.none());
            Precision precision = deployments.precision(instance.chip().core(), carried.type());
            Service service = Services.of(quoter, network, deployment, precision);
            String served = model.name().orElse(source.name());
            int batch = Math.toIntExact(network.batch());
            ModelQueue queue = new ModelQueue(
                    new ModelQueue.Placement(
                            served, firstCore, deployment.coresPerCopy()),
                    service,
                    new Batching(batch, queueing.maxDelaySeconds()),
                    queueing.limit(),
                    queueing.seed() + loaded.size(),
                    clock,
                    scale,
                    listener);
            loaded.add(ServedModel.of(
                    served, origin(source, deployment, service, batch), network.graph(), batch, queue));
            Map<MemoryClass, Long> use = classes(quoter.memory(network, deployment, precision).core());
            for (int core = 0; core < deployment.cores(); core++) {
                memory.put(firstCore + core, use);
            }
            firstCore += deployment.cores();
        }
        return new Loaded(loaded, memory);
    }

    /** A core's memory by neuron-monitor's classes, which have no place of their own for rings and collectives. */
    static Map<MemoryClass, Long> classes(CoreMemory memory) {
        return Map.of(
                MemoryClass.CONSTANTS, memory.constants(),
                MemoryClass.MODEL_CODE, memory.code(),
                MemoryClass.MODEL_SHARED_SCRATCHPAD, memory.scratchpad(),
                MemoryClass.RUNTIME_MEMORY, memory.runtime() + memory.rings() + memory.collectives(),
                MemoryClass.TENSORS, memory.tensors());
    }

    private static String origin(ModelSource source, Deployment deployment, Service service, int batch) {
        return String.format(
                Locale.ROOT,
                "modelled %s on %s, %s, batch %d: %.4g ms a call, at most %.4g/s",
                source.name(),
                deployment.instance().name(),
                Counted.of(service.copies(), "copy", "copies"),
                batch,
                MILLIS * service.latencySeconds(),
                service.capacity(batch));
    }
}
