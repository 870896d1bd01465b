package dev.infermark.deploy.generate;

import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.KeyValueHeads;
import dev.infermark.lower.shard.TransformerShape;

/** The library that generates, and how it was used. */
public enum GenerationRuntime {
    /** transformers-neuronx called by its own sampling loop: buckets of the context, sampling by the library. */
    TRANSFORMERS_NEURONX("transformers-neuronx", KeyValueHeads.DIVIDED_OR_PER_QUERY),
    /** transformers-neuronx below a server that batches continuously, compiled for one length and batch. */
    OPTIMUM_NEURON("optimum-neuron", KeyValueHeads.DIVIDED_OR_PER_QUERY),
    /** NeuronX Distributed Inference: one length, sampling on the device, prompts padded and prefilled one by one. */
    NEURONX_DISTRIBUTED("neuronx-distributed-inference", KeyValueHeads.COPIED_TO_DEGREE),
    /** The same where the likeliest word is all that is asked for, as its own examples do. */
    NEURONX_DISTRIBUTED_GREEDY("neuronx-distributed-greedy", KeyValueHeads.COPIED_TO_DEGREE);

    /** The first release whose default is NeuronX Distributed Inference. */
    private static final SdkVersion FIRST_DISTRIBUTED = new SdkVersion(2, 22);

    /** The last release whose transformers-neuronx kept the cache with heads before the sequences. */
    private static final SdkVersion RELAID_UP_TO = new SdkVersion(2, 18, 0);

    private final String label;
    private final KeyValueHeads keyValueHeads;

    GenerationRuntime(String label, KeyValueHeads keyValueHeads) {
        this.label = label;
        this.keyValueHeads = keyValueHeads;
    }

    /** What a release uses for a network where nothing else is said; encoders with decoders came as its examples. */
    public static GenerationRuntime of(SdkVersion sdk, TransformerShape shape) {
        if (shape.hasEncoder()) {
            return NEURONX_DISTRIBUTED_GREEDY;
        }
        return sdk.isAtLeast(FIRST_DISTRIBUTED) ? NEURONX_DISTRIBUTED : TRANSFORMERS_NEURONX;
    }

    /** The name of the library. */
    public String label() {
        return label;
    }

    /** How it shares the heads of keys and values. */
    public KeyValueHeads keyValueHeads() {
        return keyValueHeads;
    }

    /** Whether a batch is filled request by request, each prefilled alone at the compiled length. */
    public boolean batchesContinuously(long batch) {
        return switch (this) {
            case TRANSFORMERS_NEURONX -> false;
            case OPTIMUM_NEURON -> batch > 1;
            case NEURONX_DISTRIBUTED, NEURONX_DISTRIBUTED_GREEDY -> true;
        };
    }

    /** Whether tokens go through all experts of a mixture once there are as many choices as experts. */
    boolean sendsTokensToAllExperts() {
        return isDistributed();
    }

    /** Whether it is NeuronX Distributed Inference, however it samples. */
    boolean isDistributed() {
        return this == NEURONX_DISTRIBUTED || this == NEURONX_DISTRIBUTED_GREEDY;
    }

    /** Whether the scores of all words go to the host, which samples. */
    boolean samplesOnHost() {
        return this == OPTIMUM_NEURON;
    }

    /** Whether each core ranks the scores of its words, so that any way of sampling can be asked for. */
    boolean ranksScores() {
        return this == OPTIMUM_NEURON || this == NEURONX_DISTRIBUTED;
    }

    /** Whether the library's own sampling ran on the host: by default up to 2.18.0, where it is used. */
    boolean filtersOnHost(SdkVersion sdk) {
        return this == TRANSFORMERS_NEURONX && RELAID_UP_TO.isAtLeast(sdk);
    }

    /** Whether hidden states or caches of several sequences change their layout in device memory. */
    boolean relaysOut(SdkVersion sdk) {
        return !isDistributed() && RELAID_UP_TO.isAtLeast(sdk);
    }
}
