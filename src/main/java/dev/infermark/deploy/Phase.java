package dev.infermark.deploy;

import dev.infermark.simulate.Estimate;
import java.util.List;

/**
 * A part of a call that runs as one program: the whole of an encoder, or the prefill or a step of decoding.
 *
 * @param kind which part
 * @param estimate the run on one core
 * @param exchanges seconds that the cores of a tensor-parallel group exchange tensors after each stage, during which
 *     they compute nothing; empty where they do not
 * @param hostSeconds exposed host and transfer time
 * @param hostWork what the host does in it
 * @param seconds from the phase's start to its end, the host included
 */
public record Phase(
        Kind kind,
        Estimate estimate,
        List<Double> exchanges,
        double hostSeconds,
        HostWork hostWork,
        double seconds) {

    /** Copies the list, which has a number for each stage or none. */
    public Phase {
        exchanges = List.copyOf(exchanges);
        if (!exchanges.isEmpty() && exchanges.size() != estimate.stages().size()) {
            throw new IllegalArgumentException(exchanges.size() + " exchanges after "
                    + estimate.stages().size() + " stages");
        }
    }

    /** Seconds of all exchanges. */
    public double exchangeSeconds() {
        return exchanges.stream().mapToDouble(Double::doubleValue).sum();
    }

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
