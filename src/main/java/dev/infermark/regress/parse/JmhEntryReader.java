package dev.infermark.regress.parse;

import dev.infermark.regress.parse.Environment.Aspect;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/** Reads one object of JMH's list; the parser stands at its opening brace before, at its closing one after. */
final class JmhEntryReader {
    private final JsonParser parser;
    private final Path file;
    private final Map<String, String> texts = new LinkedHashMap<>();
    private final Map<String, String> params = new TreeMap<>();
    private final List<double[]> forks = new ArrayList<>();
    private double score = Double.NaN;
    private double scoreError = Double.NaN;
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
                case "params" -> readObject((name, _) -> params.put(name, parser.getString()));
                case "primaryMetric" -> readObject(this::readMetric);
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
                if (!(value >= 0) || Double.isInfinite(value)) {
                    throw broken(key.label() + " has an iteration of " + value + " " + unit);
                }
            }
        }
        return new BenchmarkResult(
                key, unit, Direction.of(key.mode(), unit), forks, score, scoreError, environment().orElse(machine));
    }

    /** A fork that failed leaves its number in the settings and a gap in the data. */
    private void refuseFewerThanAsked(BenchmarkKey key, String setting, int found) {
        OptionalDouble asked = Decimals.read(text(setting), Decimals.Comma.DECIMAL);
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
            case "scoreUnit" -> unit = parser.getString();
            case "rawData" -> readForks(Shape.VALUES);
            case "rawDataHistogram" -> readForks(Shape.HISTOGRAMS);
            default -> parser.skipChildren();
        }
    }

    /** How an iteration is written: as one value, or, in sampling mode, as a list of value and count. */
    private enum Shape {
        VALUES,
        HISTOGRAMS
    }

    private void readForks(Shape shape) {
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            double[] values = new double[16];
            int n = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                if (n == values.length) {
                    values = Arrays.copyOf(values, 2 * n);
                }
                values[n++] = shape == Shape.VALUES ? number() : histogramMean();
            }
            forks.add(Arrays.copyOf(values, n));
        }
    }

    private double histogramMean() {
        double sum = 0;
        double count = 0;
        while (parser.nextToken() == JsonToken.START_ARRAY) {
            parser.nextToken();
            double value = number();
            parser.nextToken();
            double times = number();
            parser.nextToken();
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
        return Decimals.read(text, Decimals.Comma.DECIMAL)
                .orElseThrow(() -> broken("'" + text + "' is no number"));
    }

    private interface Field {
        void read(String name, JsonToken value);
    }

    private void readObject(Field field) {
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            field.read(name, parser.nextToken());
        }
    }

    private List<String> readStrings() {
        List<String> strings = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            strings.add(parser.getString());
        }
        return strings;
    }

    private String text(String field) {
        return texts.getOrDefault(field, "");
    }
}
