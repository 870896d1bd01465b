package dev.infermark.simulate;

/**
 * An uninterrupted piece of a resource's work in a run.
 *
 * @param resource what works
 * @param stage the layer that it works for
 * @param kind whether the run waits for it
 * @param start seconds after the start of the network
 * @param seconds how long it works
 */
public record Span(Resource resource, String stage, Kind kind, double start, double seconds) {

    /** Whether the run waits for a piece of work. */
    public enum Kind {
        /** The run waits for it, stalls of the resource included: it is part of the resource's share of the time. */
        EXPOSED,
        /** It is done while the run waits for another resource. */
        OVERLAPPED
    }
}
