package dev.infermark.validate.nearest;

/** Where a value lies beside those that were measured. */
public enum Position {
    /** It was measured. */
    MEASURED("measured"),
    /** Something like it was: another network of the family, another instance of the chip. */
    ALIKE("alike"),
    /** Smaller and larger ones were measured. */
    INTERPOLATED("interpolated"),
    /** It lies beyond all that were measured. */
    EXTRAPOLATED("extrapolated"),
    /** Nothing like it was measured. */
    UNKNOWN("not measured");

    private final String label;

    Position(String label) {
        this.label = label;
    }

    /** The word for people and files. */
    public String label() {
        return label;
    }
}
