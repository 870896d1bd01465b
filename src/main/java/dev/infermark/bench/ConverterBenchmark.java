package dev.infermark.bench;

import dev.infermark.kernel.Converter;
import dev.infermark.kernel.Engines;
import dev.infermark.kernel.Implementation;
import dev.infermark.numerics.Codes;
import dev.infermark.numerics.Encoder;
import dev.infermark.numerics.NumberFormat;
import dev.infermark.numerics.Overflow;
import dev.infermark.numerics.Rounding;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Conversion between FP32 and the other types, of as many elements as the first-level cache holds; FP32 is a copy. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class ConverterBenchmark {
    private static final long SEED = 1;

    /** Number of elements. */
    @Param("2048")
    public String shape = "";

    /** Element type of the codes. */
    @Param({"fp32", "tf32", "bf16", "fp16", "e4m3", "int8"})
    public String type = "";

    /** Which kernels run. */
    @Param("simd")
    public String implementation = "";

    private Operation decode = () -> {};
    private Operation encode = () -> {};
    private Operation encodeStochastic = () -> {};
    private float[] values = {};

    /** Chooses the conversions and fills their operands. */
    @Setup
    public void prepare() {
        int length = Inputs.sizes(shape)[0];
        values = Inputs.floats(length);
        float[] rounded = new float[length];
        Converter converter = Engines.of(Implementation.valueOf(implementation.toUpperCase(Locale.ROOT)))
                .converter();
        NumberFormat format = NumberFormat.of(type);
        Encoder nearest = Encoder.of(format);
        Encoder stochastic = new Encoder(format, Rounding.stochastic(SEED), Overflow.INFINITY);
        switch (type) {
            case "fp32" -> {
                decode = () -> System.arraycopy(values, 0, rounded, 0, length);
                encode = decode;
                encodeStochastic = decode;
            }
            case "tf32" -> {
                encode = () -> converter.round(nearest, values, 0, rounded, 0, length);
                decode = encode;
                encodeStochastic = () -> converter.round(stochastic, values, 0, rounded, 0, length);
            }
            default -> {
                Codes codes = format.bits() == Byte.SIZE ? Codes.of(new byte[length]) : Codes.of(new short[length]);
                converter.encode(nearest, values, 0, codes, 0, length);
                decode = () -> converter.decode(format, codes, 0, rounded, 0, length);
                encode = () -> converter.encode(nearest, values, 0, codes, 0, length);
                encodeStochastic = () -> converter.encode(stochastic, values, 0, codes, 0, length);
            }
        }
    }

    /** Codes to FP32. */
    @Benchmark
    public Object decode() {
        decode.run();
        return values;
    }

    /** FP32 to codes, to nearest even. */
    @Benchmark
    public Object encode() {
        encode.run();
        return values;
    }

    /** FP32 to codes, rounded stochastically. */
    @Benchmark
    public Object encodeStochastic() {
        encodeStochastic.run();
        return values;
    }

    private interface Operation {
        void run();
    }
}
