package dev.infermark.deploy;

import dev.infermark.simulate.Estimate;

/**
 * A part of a call that runs as one program: the whole of an encoder, or the prefill or a step of decoding.
 *
 * @param kind which part
 * @param estimate the run on one core
 * @param exchangeSeconds exchanges among the cores of a tensor-parallel group, during which they compute nothing
 * @param hostSeconds exposed host and transfer time
 * @param hostWork what the host does in it
 * @param seconds from the phase's start to its end, the host included
 */
public record Phase(
        Kind kind,
        Estimate estimate,
        double exchangeSeconds,
        double hostSeconds,
        HostWork hostWork,
        double seconds) {

    /** The parts that a call can have. */
    public enum Kind {
        /** A network that runs once for each call. */
        ENCODE,
        /** The prompt, up to the first token. */
        PREFILL,
        /** All further tokens. */
        DECODE
    }
}
