package dev.infermark.jmh;

import dev.infermark.csv.Decimals;
import dev.infermark.jmh.Environment.Aspect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Consumer;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one object of JMH's list; the parser stands at its opening brace before, at its closing one after. */
final class JmhEntryReader {
    private static final String ALLOCATED = "gc.alloc.rate.norm";
    private static final String COMPILED = "compiler.time.profiled";

    private final JsonParser parser;
    private final Path file;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> params = new TreeMap<>();
    private final List<double[]> forks = new ArrayList<>();
    private double score = Double.NaN;
    private double scoreError = Double.NaN;
    private OptionalDouble allocated = OptionalDouble.empty();
    private List<double[]> compilerMillis = List.of();
    private String unit = "";

    JmhEntryReader(JsonParser parser, Path file) {
        this.parser = parser;
        this.file = file;
    }

    BenchmarkResult read(Environment machine) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "params" -> readObject(field, (name, _) -> params.put(name, word(name)));
                case "primaryMetric" -> readObject(field, this::readMetric);
                case "secondaryMetrics" -> readObject(field, this::readSecondary);
                case "jvmArgs" -> texts.put(field, String.join(" ", readStrings()));
                default -> {
                    if (value.isScalarValue()) {
                        texts.put(field, parser.getString());
                    } else {
                        parser.skipChildren();
                    }
                }
            }
        }
        return result(machine);
    }

    private BenchmarkResult result(Environment machine) {
        String name = text("benchmark");
        if (name.isEmpty()) {
            throw broken("a result without a benchmark's name");
        }
        BenchmarkKey key = BenchmarkKey.of(name, text("mode"), params);
        if (forks.isEmpty() || forks.stream().anyMatch(fork -> fork.length == 0)) {
            throw broken(key.label() + " has a fork without iterations");
        }
        refuseFewerThanAsked(key, "forks", forks.size());
        for (double[] fork : forks) {
            refuseFewerThanAsked(key, "measurementIterations", fork.length);
            for (double value : fork) {
                if (!(value >= 0 && value <= BenchmarkResult.LARGEST)) {
                    throw broken(key.label() + " has an iteration of " + value + " " + unit);
                }
            }
        }
        return new BenchmarkResult(
                key,
                unit,
                Direction.of(key.mode(), unit),
                forks,
                score,
                scoreError,
                allocated,
                compilerShares(),
                environment().orElse(machine));
    }

    /** A fork that failed leaves its number in the settings and a gap in the data. */
    private void refuseFewerThanAsked(BenchmarkKey key, String setting, int found) {
        OptionalDouble asked = Decimals.read(text(setting), Decimals.Comma.NEVER);
        if (asked.isPresent() && asked.getAsDouble() > found) {
            throw broken("%s says %s %s and holds %d".formatted(key.label(), text(setting), setting, found));
        }
    }

    private BrokenRunException broken(String what) {
        return new BrokenRunException(file + ": " + what + ": the run is broken; run the benchmarks again");
    }

    private Environment environment() {
        Map<Aspect, String> aspects = new EnumMap<>(Aspect.class);
        aspects.put(Aspect.JDK, text("jdkVersion"));
        aspects.put(Aspect.VM, text("vmName") + " " + text("vmVersion"));
        aspects.put(Aspect.JVM_ARGS, text("jvmArgs"));
        aspects.put(Aspect.JMH, text("jmhVersion"));
        aspects.put(Aspect.BLACKHOLE, blackhole());
        aspects.put(Aspect.THREADS, text("threads"));
        aspects.put(
                Aspect.SETTINGS,
                "%s×%s/%s + %s×%s/%s"
                        .formatted(
                                text("warmupIterations"),
                                text("warmupTime"),
                                text("warmupBatchSize"),
                                text("measurementIterations"),
                                text("measurementTime"),
                                text("measurementBatchSize")));
        aspects.put(Aspect.UNIT, unit);
        return new Environment(aspects);
    }

    /** JMH 1.37 writes the mode into no field, but a forced mode is among the flags. */
    private String blackhole() {
        String flag = "-Djmh.blackhole.mode=";
        return texts.getOrDefault(
                "blackholeMode",
                Arrays.stream(text("jvmArgs").split(" "))
                        .filter(argument -> argument.startsWith(flag))
                        .map(argument -> argument.substring(flag.length()))
                        .findFirst()
                        .orElse(""));
    }

    private void readMetric(String name, JsonToken value) {
        switch (name) {
            case "score" -> score = number();
            case "scoreError" -> scoreError = number();
            case "scoreUnit" -> unit = word(name);
            case "rawData" -> forks.addAll(readForks(Shape.VALUES));
            case "rawDataHistogram" -> forks.addAll(readForks(Shape.HISTOGRAMS));
            default -> parser.skipChildren();
        }
    }

    /** JMH's profiler of the heap; what JMH itself leaves there comes on top in some iterations. */
    private void readSecondary(String metric, JsonToken value) {
        switch (metric) {
            case ALLOCATED -> readRaw(metric, raw -> allocated = raw.stream().flatMapToDouble(Arrays::stream).min());
            case COMPILED -> readRaw(metric, raw -> compilerMillis = raw);
            default -> parser.skipChildren();
        }
    }

    private void readRaw(String metric, Consumer<List<double[]>> use) {
        readObject(metric, (name, _) -> {
            if (name.equals("rawData")) {
                use.accept(readForks(Shape.VALUES));
            } else {
                parser.skipChildren();
            }
        });
    }

    /** Of each iteration, by the time that iterations were to take. */
    private List<double[]> compilerShares() {
        String[] time = text("measurementTime").split(" ", -1);
        if (time.length != 2) {
            return List.of();
        }
        OptionalDouble length = Decimals.read(time[0], Decimals.Comma.NEVER);
        OptionalDouble millis = TimeUnits.factor(time[1] + "/op", "ms/op");
        if (length.isEmpty() || millis.isEmpty()) {
            return List.of();
        }
        double iteration = length.getAsDouble() * millis.getAsDouble();
        return compilerMillis.stream()
                .map(fork -> Arrays.stream(fork).map(busy -> busy / iteration).toArray())
                .toList();
    }

    /** How an iteration is written: as one value, or, in sampling mode, as a list of value and count. */
    private enum Shape {
        VALUES,
        HISTOGRAMS
    }

    private List<double[]> readForks(Shape shape) {
        List<double[]> read = new ArrayList<>();
        require("rawData", JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require("rawData", JsonToken.START_ARRAY);
            double[] values = new double[16];
            int n = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (n == values.length) {
                    values = Arrays.copyOf(values, 2 * n);
                }
                values[n++] = shape == Shape.VALUES ? number() : histogramMean();
            }
            read.add(Arrays.copyOf(values, n));
        }
        return read;
    }

    private double histogramMean() {
        double sum = 0;
        double count = 0;
        require("rawDataHistogram", JsonToken.START_ARRAY);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            require("rawDataHistogram", JsonToken.START_ARRAY);
            parser.nextToken();
            double value = number();
            parser.nextToken();
            double times = number();
            if (!(times >= 0)) {
                throw broken("a count of " + times + " in a histogram");
            }
            parser.nextToken();
            require("rawDataHistogram", JsonToken.END_ARRAY);
            sum += value * times;
            count += times;
        }
        return sum / count;
    }

    private double number() {
        JsonToken token = parser.currentToken();
        if (token == null || !token.isScalarValue()) {
            throw broken("something else than a number in line " + parser.currentLocation().getLineNr());
        }
        String text = parser.getString();
        return Decimals.read(text, Decimals.Comma.NEVER)
                .orElseThrow(() -> broken("'" + text + "' is no number"));
    }

    /** One word or number; JMH writes the values of parameters as such. */
    private String word(String field) {
        if (!parser.currentToken().isScalarValue()) {
            throw broken(field + " is no single value in line " + parser.currentLocation().getLineNr());
        }
        return parser.getString();
    }

    private void require(String field, JsonToken wanted) {
        if (parser.currentToken() != wanted) {
            throw broken(field + " is not written as JMH does in line "
                    + parser.currentLocation().getLineNr());
        }
    }

    private interface Field {
        void read(String name, JsonToken value);
    }

    private void readObject(String object, Field field) {
        require(object, JsonToken.START_OBJECT);
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            field.read(name, parser.nextToken());
        }
    }

    private List<String> readStrings() {
        require("jvmArgs", JsonToken.START_ARRAY);
        List<String> strings = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            strings.add(word("jvmArgs"));
        }
        return strings;
    }

    private String text(String field) {
        return texts.getOrDefault(field, "");
    }
}
