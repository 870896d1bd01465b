package dev.infermark.deploy.generate;

/**
 * A part of a prefill or step that runs after the part before it.
 *
 * @param name such as {@code layer 0} or {@code head}, or that of the call, which runs on the host
 * @param time what it takes its time for
 */
public record LayerTime(String name, TimeByCause time) {
    private static final String CALL = "call";

    /** What the host does for a call. */
    static LayerTime ofCall(TimeByCause time) {
        return new LayerTime(CALL, time);
    }

    /** Whether the host does it, not the cores. */
    public boolean isOnHost() {
        return name.equals(CALL);
    }
}
