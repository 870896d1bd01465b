package dev.infermark.hardware;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.infermark.base.UserError;
import java.util.Arrays;
import java.util.Locale;

/** How far a hardware figure can be trusted. */
public enum FigureKind {
    /** Stated by the vendor in text, a table or a figure. */
    DOCUMENTED,
    /** Derived from documented or published numbers; the source gives the derivation. */
    INFERRED,
    /** Fitted to published measurements. */
    CALIBRATED;

    /** The kind that is written as {@code label}. */
    @JsonCreator
    public static FigureKind ofLabel(String label) {
        return Arrays.stream(values())
                .filter(kind -> kind.label().equals(label))
                .findFirst()
                .orElseThrow(() ->
                        new UserError("unknown kind '" + label + "'; write documented, inferred or calibrated"));
    }

    /** How the kind is written in files and tables. */
    @JsonValue
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
