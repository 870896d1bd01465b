package dev.infermark.deploy.generate;

import dev.infermark.deploy.CoreMemory;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.shard.GroupSharing;
import dev.infermark.lower.shard.Shard;
import dev.infermark.lower.shard.TransformerShape;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a group of cores holds to generate text, and whether it fits.
 *
 * <p>Weights are divided. NeuronX Distributed Inference keeps the tables of embeddings on the device, divided, and on
 * the first core tables and head as a whole; transformers-neuronx leaves the lookup to the host. The cache has room
 * for the whole batch at the compiled length. A prompt's scores of all heads take tokens² · 2 B each.
 *
 * @param first the first core
 * @param others each other core
 * @param capacity a core's part of the device memory, in bytes
 * @param host what loading the checkpoint takes of the host's memory, in bytes
 * @param hostCapacity memory of the host, in bytes
 */
public record GroupMemory(CoreMemory first, CoreMemory others, long capacity, long host, long hostCapacity) {
    private static final int BYTES = 2;

    /** The memory of a network that a group of cores shares. */
    public static GroupMemory of(
            TransformerShape shape,
            GroupSharing sharing,
            Instance instance,
            GenerationRuntime runtime,
            WeightStorage storage,
            GenerationRequest request) {
        Shard shard = new Shard(shape, sharing, runtime.keyValueHeads());
        int degree = sharing.degree();
        RuntimeMemory fixed = RuntimeMemory.builtIn();
        boolean isGroup = degree > 1;
        long matrices = storage.bytes() * shard.storedParameters();
        boolean hasTables = runtime.isDistributed();
        long tables = hasTables ? BYTES * Math.ceilDiv(shape.embeddings(), degree) : 0;
        long head = storage.bytes() * shard.headParameters();
        long wholeTables = hasTables
                ? BYTES * shape.embeddings() + storage.bytes() * shape.hidden() * shape.vocabulary()
                : tables + head;
        long cache = BYTES
                * shard.cacheElements(request.compiledTokens())
                * request.batch();
        boolean isOneByOne = runtime.batchesContinuously(request.batch());
        long prompt = isOneByOne ? request.compiledTokens() : request.inputTokens();
        long scores = BYTES * shape.attention().heads() * prompt * Math.min(prompt, shape.attention().window());
        CoreMemory others = new CoreMemory(
                bytes(fixed.code().base()),
                matrices + tables,
                cache,
                scores,
                bytes(fixed.runtime().base()),
                bytes(fixed.rings().base()),
                isGroup ? bytes(fixed.collectives().base()) : 0);
        CoreMemory first = !isGroup
                ? others
                : new CoreMemory(
                        bytes(fixed.firstCode().base()),
                        matrices - head + wholeTables,
                        cache,
                        scores,
                        others.runtime(),
                        bytes(fixed.firstRings().base()),
                        bytes(fixed.firstCollectives().base()));
        return new GroupMemory(
                first,
                others,
                instance.chip().memory().coreBytes(),
                BYTES * (parameters(shape) + shape.embeddings()),
                instance.hostMemoryBytes());
    }

    private static long parameters(TransformerShape shape) {
        return new Shard(shape, 1, GenerationRuntime.NEURONX_DISTRIBUTED.keyValueHeads()).storedParameters();
    }

    private static long bytes(double value) {
        return Math.round(value);
    }

    /** Whether every core and the host have room. */
    public boolean fits() {
        return lack().isEmpty();
    }

    /** What has too little room, in words; empty where all fits. */
    public Optional<String> lack() {
        boolean isFirst = first.total() > others.total();
        List<String> lacks = Stream.of(
                        lack(
                                isFirst ? "the first core" : "each core",
                                Math.max(first.total(), others.total()),
                                capacity),
                        lack("loading it on the host", host, hostCapacity))
                .flatMap(Optional::stream)
                .toList();
        return lacks.isEmpty() ? Optional.empty() : Optional.of(String.join(", and ", lacks));
    }

    private static Optional<String> lack(String where, long needed, long capacity) {
        return needed <= capacity
                ? Optional.empty()
                : Optional.of(String.format(
                        Locale.ROOT, "%s needs %.2f GiB of %.2f GiB", where, needed / 0x1p30, capacity / 0x1p30));
    }
}
