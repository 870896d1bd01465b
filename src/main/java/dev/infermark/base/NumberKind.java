package dev.infermark.base;

/** Where a result comes from; every table, file and plot says which of these it shows, and never mixes them. */
public enum NumberKind {
    /** Timed by JMH on the host that ran the benchmark. */
    MEASURED,
    /** Computed by the hardware models. */
    MODELLED,
    /** Taken from a publication, which is named beside it, with the digits that it prints. */
    PUBLISHED,
    /** Computed from documented or published figures by arithmetic that is stated beside it. */
    DERIVED;

    /** The word that labels the number in tables, files and plots. */
    public String label() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
