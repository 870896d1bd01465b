package dev.infermark.reader.hlo;

import static dev.infermark.reader.hlo.HloFile.Attribute.NONE;
import static dev.infermark.reader.hlo.HloFile.Attribute.dimensions;
import static dev.infermark.reader.hlo.HloFile.Attribute.direction;
import static dev.infermark.reader.hlo.HloFile.Attribute.products;
import static dev.infermark.reader.hlo.HloFile.Attribute.rows;
import static dev.infermark.reader.hlo.HloFile.Attribute.starts;

import dev.infermark.reader.hlo.HloFile.Attribute;
import dev.infermark.reader.hlo.HloFile.Computation;
import dev.infermark.reader.hlo.HloFile.Instruction;
import java.util.Arrays;
import java.util.stream.IntStream;

/** A whole network in HLO, instruction by instruction as JAX lowers it. */
public final class HloNetworks {
    private static final long WIDTH = 768;
    private static final long HEADS = 12;
    private static final long[] NO_AXES = {};
    private static final double[] ERROR = {
        7.85386146e-05, -0.000801019371, 0.00518832775, -0.0268538129, 0.112835854, -0.37612626, 1.12837911
    };
    private static final double[] NEAR_TAIL = {
        0.0232682, -0.138703942, 0.368742466, -0.582473278, 0.621000469, -0.494451523, 0.340488, -0.274112701,
        0.563825965
    };
    private static final double[] FAR_TAIL = {
        -10.477664, 12.9772, -7.49551868, 2.92101908, -1.01526523, 0.42184633, -0.282076746, 0.564189494
    };

    private final HloFile file = new HloFile();
    private final long batch;
    private final long tokens;
    private final Computation sum = file.pair("region_0.1", "add");
    private final Computation largest = file.pair("region_1.2", "maximum");
    private final Computation variance;
    private final Computation main;

    private HloNetworks(long batch, long tokens) {
        this.batch = batch;
        this.tokens = tokens;
        variance = variance();
        main = file.computation("main.54");
    }

    /** BERT-base with its pooler as HLO text. */
    public static String bertBaseText(long batch, long tokens) {
        return bertBase(batch, tokens).text();
    }

    /** BERT-base with its pooler as a serialised HLO module. */
    public static byte[] bertBaseBytes(long batch, long tokens) {
        return bertBase(batch, tokens).bytes();
    }

    private static HloFile bertBase(long batch, long tokens) {
        HloNetworks network = new HloNetworks(batch, tokens);
        network.bert();
        return network.file;
    }

    private void bert() {
        Instruction ids = main.parameter("ids", "s32", batch, tokens);
        Instruction types = main.parameter("types", "s32", batch, tokens);
        Instruction mask = main.parameter("mask", "s32", batch, tokens);
        Instruction embedded = main.map("add", embedding("word", 30522, ids), embedding("type", 2, types));
        Instruction table = main.parameter("params__position__", "f32", 512, WIDTH);
        Instruction taken = main.op("slice", starts(tokens, WIDTH), "f32", new long[] {tokens, WIDTH}, table);
        Instruction places = repeated(reshaped(taken, 1, tokens, WIDTH), batch, tokens, WIDTH);
        Instruction x = normalized(main.map("add", embedded, places), "embeddings");
        Instruction present = main.op("convert", NONE, "f32", mask.dimensions(), mask);
        Instruction absent = main.map("subtract", filled("1", present), present);
        Instruction wide = reshaped(absent, batch, 1, 1, tokens);
        Instruction lowest = main.map("multiply", wide, filled("-10000", wide));
        for (int i = 0; i < 12; i++) {
            x = layer(x, lowest, "layers___" + i + "___");
        }
        Instruction first = main.op("slice", starts(batch, 1, WIDTH), "f32", new long[] {batch, 1, WIDTH}, x);
        Instruction pooled = main.map("tanh", linear(reshaped(first, batch, WIDTH), "pooler", WIDTH));
        main.tuple(x, pooled);
    }

    /** A lookup whose negative indices count from the end, as NumPy has it. */
    private Instruction embedding(String name, long rows, Instruction ids) {
        Instruction table = main.parameter("params__" + name + "__", "f32", rows, WIDTH);
        Instruction zero = main.op("broadcast", dimensions(), "s32", ids.dimensions(), main.whole(0));
        Instruction isNegative = main.op("compare", direction("LT"), "pred", ids.dimensions(), ids, zero);
        Instruction count =
                main.op("broadcast", dimensions(), "s32", ids.dimensions(), main.whole(Math.toIntExact(rows)));
        Instruction fromEnd = main.map("add", ids, count);
        Instruction chosen = main.op("select", NONE, "s32", ids.dimensions(), isNegative, fromEnd, ids);
        Instruction indices = main.op("reshape", NONE, "s32", new long[] {batch, tokens, 1}, chosen);
        return main.op("gather", rows(WIDTH), "f32", new long[] {batch, tokens, WIDTH}, table, indices);
    }

    private Instruction layer(Instruction x, Instruction mask, String path) {
        Instruction values = heads(linear(x, path + "value", WIDTH));
        Instruction queries = heads(linear(x, path + "query", WIDTH));
        Instruction scaled = main.map("divide", queries, filled("8", queries));
        Instruction keys = heads(linear(x, path + "key", WIDTH));
        long[] square = {batch, HEADS, tokens, tokens};
        Attribute alike = products(new long[] {0, 2}, new long[] {3}, new long[] {0, 2}, new long[] {3});
        Instruction scores = main.op("dot", alike, "f32", square, scaled, keys);
        Instruction weights = softmax(main.map("add", scores, repeated(mask, square)));
        Attribute mixed = products(new long[] {0, 2}, new long[] {1}, new long[] {0, 1}, new long[] {3});
        Instruction context = main.op(
                "dot", mixed, "f32", new long[] {batch, HEADS, WIDTH / HEADS, tokens}, values, weights);
        Instruction ordered = main.op(
                "transpose",
                dimensions(0, 3, 1, 2),
                "f32",
                new long[] {batch, tokens, HEADS, WIDTH / HEADS},
                context);
        Instruction joined = reshaped(ordered, batch, tokens, WIDTH);
        Instruction y = normalized(main.map("add", x, linear(joined, path + "output", WIDTH)), path + "attention");
        Instruction inner = gelu(linear(y, path + "intermediate", 4 * WIDTH));
        return normalized(main.map("add", y, linear(inner, path + "outer", WIDTH)), path + "result");
    }

    private Instruction heads(Instruction x) {
        return reshaped(x, batch, tokens, HEADS, WIDTH / HEADS);
    }

    private Instruction linear(Instruction x, String name, long width) {
        int last = x.dimensions().length - 1;
        Instruction weights = main.parameter("params__" + name + "_w__", "f32", x.dimensions()[last], width);
        long[] dimensions = x.dimensions().clone();
        dimensions[last] = width;
        Attribute axes = products(NO_AXES, new long[] {last}, NO_AXES, new long[] {0});
        Instruction product = main.op("dot", axes, "f32", dimensions, x, weights);
        return main.map("add", product, vector(name + "_b", product));
    }

    /** A learned vector repeated to the shape of a tensor by way of axes of size 1. */
    private Instruction vector(String name, Instruction like) {
        int last = like.dimensions().length - 1;
        long[] ones = like.dimensions().clone();
        Arrays.fill(ones, 0, last, 1);
        Instruction learned = main.parameter("params__" + name + "__", "f32", like.dimensions()[last]);
        return repeated(reshaped(learned, ones), like.dimensions());
    }

    private Instruction softmax(Instruction x) {
        long[] rows = Arrays.copyOf(x.dimensions(), 3);
        Instruction most = main.call("reduce", largest, dimensions(3), rows, x, main.number("-inf"));
        Instruction bounded = main.map("maximum", most, filled("-inf", most));
        Instruction shifted = main.map("subtract", x, repeated(reshaped(bounded, widened(rows)), x.dimensions()));
        Instruction exponentials = main.map("exponential", shifted);
        Instruction total = main.call("reduce", sum, dimensions(3), rows, exponentials, main.number("0"));
        return main.map("divide", exponentials, repeated(reshaped(total, widened(rows)), x.dimensions()));
    }

    private static long[] widened(long... dimensions) {
        long[] widened = Arrays.copyOf(dimensions, dimensions.length + 1);
        widened[dimensions.length] = 1;
        return widened;
    }

    private Instruction normalized(Instruction x, String name) {
        Instruction deviation = main.map("subtract", x, repeated(mean(main, x), x.dimensions()));
        Instruction spread = main.call("call", variance, NONE, new long[] {batch, tokens, 1}, x, main.whole(0));
        Instruction root = main.map("rsqrt", main.map("add", spread, filled("1e-12", spread)));
        Instruction normal = main.map("multiply", deviation, repeated(root, x.dimensions()));
        Instruction scaled = main.map("multiply", normal, vector(name + "_g", normal));
        return main.map("add", scaled, vector(name + "_h", scaled));
    }

    private Instruction mean(Computation where, Instruction x) {
        Instruction total =
                where.call("reduce", sum, dimensions(2), new long[] {batch, tokens}, x, where.number("0"));
        Instruction kept = where.op("reshape", NONE, "f32", new long[] {batch, tokens, 1}, total);
        Instruction count = where.op("broadcast", dimensions(), "f32", kept.dimensions(), where.number("768"));
        return where.map("divide", kept, count);
    }

    /** jnp.var, which guards against fewer elements than the correction takes off. */
    private Computation variance() {
        long[] rows = {batch, tokens, 1};
        Computation where = file.computation("_where.4");
        Instruction condition = where.parameter("Arg_0", "pred");
        Instruction wide = where.op("broadcast", dimensions(), "pred", rows, condition);
        Instruction value = where.parameter("Arg_1", "f32", rows);
        Instruction missing = where.op("broadcast", dimensions(), "f32", rows, where.parameter("Arg_2", "f32"));
        where.op("select", NONE, "f32", rows, wide, value, missing);
        Computation var = file.computation("_var.5");
        Instruction x = var.parameter("Arg_0", "f32", batch, tokens, WIDTH);
        Instruction correction = var.op("convert", NONE, "f32", NO_AXES, var.parameter("Arg_1", "s32"));
        Instruction count = var.map("subtract", var.number("768"), correction);
        Instruction isPositive = var.op("compare", direction("GT"), "pred", NO_AXES, count, var.number("0"));
        Instruction mean = mean(var, x);
        Instruction deviation = var.map("subtract", x, repeated(var, mean, x.dimensions()));
        Instruction squares = var.map("multiply", deviation, deviation);
        Instruction total =
                var.call("reduce", sum, dimensions(2), new long[] {batch, tokens}, squares, var.number("0"));
        Instruction kept = var.op("reshape", NONE, "f32", rows, total);
        Instruction divided = var.map("divide", kept, var.op("broadcast", dimensions(), "f32", rows, count));
        var.call("call", where, NONE, rows, isPositive, divided, var.number("nan"));
        return var;
    }

    /** ½ · x · erfc(−x / √2), the complementary error function decomposed. */
    private Instruction gelu(Instruction x) {
        Instruction half = main.map("multiply", x, filled("0.5", x));
        Instruction argument = main.map("multiply", main.map("negate", x), filled("0.707106769", x));
        Instruction size = main.map("abs", argument);
        Instruction isNear = compared(size, filled("1", x));
        Instruction square = main.map("multiply", argument, argument);
        Instruction error = main.map("multiply", argument, polynomial(square, ERROR));
        Instruction near = main.map("subtract", filled("1", x), error);
        Instruction exponent = main.map("negate", square);
        Instruction reciprocal = main.map("divide", filled("1", x), size);
        Instruction outer = main.map("multiply", main.map("exponential", exponent), reciprocal);
        Instruction inverse = main.map("divide", filled("1", x), square);
        Instruction tail = main.op(
                "select",
                NONE,
                "f32",
                x.dimensions(),
                compared(size, filled("2", x)),
                polynomial(inverse, NEAR_TAIL),
                polynomial(inverse, FAR_TAIL));
        Instruction vanishes = compared(exponent, filled("-88.7228394", x));
        Instruction product = main.map("multiply", outer, tail);
        Instruction right = main.op("select", NONE, "f32", x.dimensions(), vanishes, filled("0", x), product);
        Instruction left = main.map("subtract", filled("2", x), right);
        Instruction far = main.op(
                "select", NONE, "f32", x.dimensions(), compared(argument, filled("0", x)), left, right);
        return main.map("multiply", half, main.op("select", NONE, "f32", x.dimensions(), isNear, near, far));
    }

    private Instruction compared(Instruction x, Instruction limit) {
        return main.op("compare", direction("LT"), "pred", x.dimensions(), x, limit);
    }

    private Instruction polynomial(Instruction x, double... coefficients) {
        Instruction result = filled(String.valueOf(coefficients[0]), x);
        for (int i = 1; i < coefficients.length; i++) {
            Instruction product = i == 1 ? main.map("multiply", x, result) : main.map("multiply", result, x);
            result = main.map("add", product, filled(String.valueOf(coefficients[i]), x));
        }
        return result;
    }

    private Instruction filled(String number, Instruction like) {
        return main.op("broadcast", dimensions(), "f32", like.dimensions(), main.number(number));
    }

    private Instruction reshaped(Instruction x, long... dimensions) {
        return main.op("reshape", NONE, "f32", dimensions, x);
    }

    private Instruction repeated(Instruction x, long... dimensions) {
        return repeated(main, x, dimensions);
    }

    /** JAX drops the axes of size 1 and puts them back at their full size. */
    private static Instruction repeated(Computation where, Instruction x, long... dimensions) {
        if (Arrays.equals(x.dimensions(), dimensions)) {
            return x;
        }
        int[] kept = IntStream.range(0, dimensions.length)
                .filter(axis -> x.dimensions()[axis] == dimensions[axis])
                .toArray();
        long[] sizes = Arrays.stream(kept).mapToLong(axis -> dimensions[axis]).toArray();
        Instruction bare = where.op("reshape", NONE, "f32", sizes, x);
        return where.op(
                "broadcast", dimensions(Arrays.stream(kept).asLongStream().toArray()), "f32", dimensions, bare);
    }
}
