package dev.infermark.validate.device;

import dev.infermark.lower.shard.AttentionShape;
import dev.infermark.lower.shard.TransformerShape;

/**
 * What a profiler saw of a language model on one core of a group, without its host.
 *
 * @param shape the network
 * @param degree cores that share it
 * @param batch sequences
 * @param tokens of the prompt, which is as long as the cache
 * @param prefill all tokens of the prompt at once
 * @param decode one more token
 */
public record DeviceProfile(
        TransformerShape shape, int degree, long batch, long tokens, Observed prefill, Observed decode) {

    /**
     * One run on one core.
     *
     * @param seconds time on the device
     * @param readBytes read from device memory
     * @param utilisation share of the peak: of the Tensor engine in prefill, of the core's part of the device memory's
     *     rate in decode
     */
    public record Observed(double seconds, double readBytes, double utilisation) {}

    /** Whether several heads of queries share one of keys and values. */
    public boolean groupsQueries() {
        AttentionShape attention = shape.attention();
        return attention.keyValueHeads() < attention.heads();
    }
}
