package dev.infermark.base;

/** Where a result comes from; every table, file and plot says which of these it shows, and never mixes them. */
public enum NumberKind {
    /** Timed by JMH on the host that ran the benchmark. */
    MEASURED,
    /** Computed by the hardware models. */
    MODELLED,
    /** Taken from a publication, which is named beside it. */
    PUBLISHED;

    /** The word that labels the number in tables, files and plots. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
