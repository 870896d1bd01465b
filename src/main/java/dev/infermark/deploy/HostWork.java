package dev.infermark.deploy;

/** What the exposed time of the host is due to. */
public enum HostWork {
    /** Framework, runtime and copies of each call, which its client waits for. */
    CALLS("host"),
    /** CPUs that more clients share than there are CPUs. */
    CPUS("host CPUs"),
    /** Copies that overlap with the core and take longer than it. */
    COPIES("host copies"),
    /** Inputs that the chip's link takes in more slowly than its cores work. */
    INPUT("host input");

    private final String label;

    HostWork(String label) {
        this.label = label;
    }

    /** The name in tables. */
    public String label() {
        return label;
    }

    /** Whether the core waits for it however fast it is, since it is the longer of two that overlap. */
    boolean isLonger() {
        return this == COPIES || this == INPUT;
    }
}
