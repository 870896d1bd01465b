package dev.infermark.hardware;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.infermark.base.UserError;

/**
 * One hardware figure with its provenance.
 *
 * @param value the number as its source gives it, finite and not negative
 * @param unit unit of the value
 * @param kind how far it can be trusted
 * @param source where it is documented, or how it was derived
 */
public record Figure(@JsonProperty(required = true) double value, Unit unit, FigureKind kind, String source) {
    /** Beyond what any figure of this century's hardware has in its base unit; products of such stay finite. */
    private static final double MOST = 1e21;

    private static final double LEAST = 1e-15;
    private static final double LEAST_RATE = 1;
    private static final double MOST_DOLLARS_PER_HOUR = 1e6;

    /** Refuses what is no finite number, negative or beyond all hardware, counts not whole, and empty sources. */
    public Figure {
        if (!Double.isFinite(value) || value < 0) {
            throw new UserError("'value' must be a finite number that is not negative, got " + value);
        }
        if (value * unit.factor() > (unit.dimension() == Dimension.PRICE ? MOST_DOLLARS_PER_HOUR : MOST)) {
            throw new UserError("'value' is " + value + " " + unit.symbol() + ", more than any hardware has");
        }
        if (unit.dimension() == Dimension.COUNT && (value != Math.rint(value) || value > Integer.MAX_VALUE)) {
            throw new UserError("'value' must be a whole number below 2^31, got " + value);
        }
        if (source.isBlank()) {
            throw new UserError("'source' is empty; say where the figure is documented or how it was derived");
        }
    }

    /** The value in the base unit of its dimension: Hz, B, B/s, s, cycles, operations per second, USD per hour. */
    public double base() {
        return value * unit.factor();
    }

    /** The base value as a whole number. */
    long whole() {
        return Math.round(base());
    }

    /** Refuses a figure of another dimension. */
    void require(String key, Dimension dimension) {
        if (unit.dimension() != dimension) {
            throw new UserError("'" + key + "' must be " + dimension.describe() + ", got the unit " + unit.symbol());
        }
    }

    /** Refuses a figure of another dimension and zero. */
    void requirePositive(String key, Dimension dimension) {
        require(key, dimension);
        if (value == 0) {
            throw new UserError("'" + key + "' must be more than 0");
        }
        boolean isRate = dimension == Dimension.FREQUENCY || dimension == Dimension.BYTES_PER_SECOND;
        if (base() < (isRate ? LEAST_RATE : LEAST)) {
            throw new UserError("'" + key + "' is " + value + " " + unit.symbol() + ", less than any hardware has");
        }
    }
}
