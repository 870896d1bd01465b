package dev.infermark.hardware;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.infermark.base.UserError;
import java.util.Arrays;
import java.util.stream.Collectors;

/** The units that hardware figures may have, each with the factor to the base unit of its dimension. */
public enum Unit {
    /** A whole number of things. */
    COUNT("count", Dimension.COUNT, 1),
    /** A dimensionless factor. */
    TIMES("x", Dimension.RATIO, 1),
    /** Hertz. */
    HERTZ("Hz", Dimension.FREQUENCY, 1),
    /** Megahertz. */
    MEGAHERTZ("MHz", Dimension.FREQUENCY, 1e6),
    /** Gigahertz. */
    GIGAHERTZ("GHz", Dimension.FREQUENCY, 1e9),
    /** Bit. */
    BIT("bit", Dimension.BYTES, 0.125),
    /** Byte. */
    BYTE("B", Dimension.BYTES, 1),
    /** 1024 bytes. */
    KIBIBYTE("KiB", Dimension.BYTES, 1024),
    /** 1024 KiB. */
    MEBIBYTE("MiB", Dimension.BYTES, 0x1p20),
    /** 1024 MiB. */
    GIBIBYTE("GiB", Dimension.BYTES, 0x1p30),
    /** A million bytes. */
    MEGABYTE("MB", Dimension.BYTES, 1e6),
    /** A thousand MB. */
    GIGABYTE("GB", Dimension.BYTES, 1e9),
    /** Bytes per second. */
    BYTE_PER_SECOND("B/s", Dimension.BYTES_PER_SECOND, 1),
    /** 1e9 bytes per second. */
    GIGABYTE_PER_SECOND("GB/s", Dimension.BYTES_PER_SECOND, 1e9),
    /** 2^30 bytes per second. */
    GIBIBYTE_PER_SECOND("GiB/s", Dimension.BYTES_PER_SECOND, 0x1p30),
    /** 1e9 bits per second. */
    GIGABIT_PER_SECOND("Gbit/s", Dimension.BYTES_PER_SECOND, 1e9 / 8),
    /** Second. */
    SECOND("s", Dimension.TIME, 1),
    /** Millisecond. */
    MILLISECOND("ms", Dimension.TIME, 1e-3),
    /** Microsecond. */
    MICROSECOND("us", Dimension.TIME, 1e-6),
    /** Nanosecond. */
    NANOSECOND("ns", Dimension.TIME, 1e-9),
    /** Engine cycle. */
    CYCLE("cycle", Dimension.CYCLES, 1),
    /** Engine cycles for each element of a partition. */
    CYCLE_PER_ELEMENT("cycle/element", Dimension.CYCLES_PER_ELEMENT, 1),
    /** Elements, or columns of them, per engine cycle. */
    ELEMENT_PER_CYCLE("element/cycle", Dimension.ELEMENTS_PER_CYCLE, 1),
    /** Floating-point operations per engine cycle. */
    FLOP_PER_CYCLE("FLOP/cycle", Dimension.OPERATIONS_PER_CYCLE, 1),
    /** 1e12 floating-point operations per second. */
    TERAFLOPS("TFLOPS", Dimension.OPERATIONS_PER_SECOND, 1e12),
    /** 1e12 integer operations per second. */
    TERAOPS("TOPS", Dimension.OPERATIONS_PER_SECOND, 1e12),
    /** US dollars per hour. */
    DOLLAR_PER_HOUR("USD/h", Dimension.PRICE, 1);

    private final String symbol;
    private final Dimension dimension;
    private final double factor;

    Unit(String symbol, Dimension dimension, double factor) {
        this.symbol = symbol;
        this.dimension = dimension;
        this.factor = factor;
    }

    /** The unit that is written as {@code symbol}. */
    @JsonCreator
    public static Unit ofSymbol(String symbol) {
        return Arrays.stream(values())
                .filter(unit -> unit.symbol.equals(symbol))
                .findFirst()
                .orElseThrow(() -> new UserError("unknown unit '" + symbol + "'; write one of "
                        + Arrays.stream(values()).map(Unit::symbol).collect(Collectors.joining(", "))));
    }

    /** How the unit is written in files and tables. */
    @JsonValue
    public String symbol() {
        return symbol;
    }

    /** What the unit counts. */
    public Dimension dimension() {
        return dimension;
    }

    /** How many base units one of this unit is. */
    public double factor() {
        return factor;
    }
}
