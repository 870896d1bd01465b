package dev.infermark.compare;

/** What one NeuronCore takes for the operation of a benchmark. */
public sealed interface CoreTime {

    /**
     * The core can do it.
     *
     * @param seconds of its engines, with operands and result in on-chip memory
     */
    record Modelled(double seconds) implements CoreTime {}

    /**
     * The core cannot do it.
     *
     * @param reason which engine or type it lacks
     */
    record Unsupported(String reason) implements CoreTime {}

    /** A custom operator that does not tell its cost. */
    record Unmodelled() implements CoreTime {}

    /** The benchmark measures no operation that a core could do too, such as the peak of the host or our predictor. */
    record NotComparable() implements CoreTime {}
}
