package dev.infermark.validate.startup;

import dev.infermark.json.JsonRecords;
import dev.infermark.runtime.compiled.CompileTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.hipparchus.stat.regression.SimpleRegression;
import tools.jackson.core.type.TypeReference;

/** The curve through published times of compiling, by least squares of logarithms, and how well it foretells. */
public final class CompileTimes {
    /** The share of the published times that the curve's factor covers. */
    private static final double COVERED = 0.9;

    /** What the curve keeps of its digits; nobody publishes more. */
    private static final double RESOLUTION = 1000;

    private CompileTimes() {}

    /** A published time beside what the curve through all others says of it. */
    public record Foreseen(PublishedCompilation published, double seconds) {

        /** How many times the larger of both is the smaller. */
        public double factor() {
            double ratio = seconds / published.seconds().doubleValue();
            return Math.max(ratio, 1 / ratio);
        }
    }

    /** All published times. */
    public static List<PublishedCompilation> published() {
        try (var in = Objects.requireNonNull(CompileTimes.class.getResourceAsStream("compile-times.json"))) {
            return JsonRecords.parse(
                    "compile-times.json",
                    new String(in.readAllBytes(), StandardCharsets.UTF_8),
                    new TypeReference<>() {},
                    "check the file");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The curve through these times; its factor covers nine of ten, each foreseen from all others. */
    public static CompileTime fit(List<PublishedCompilation> published) {
        double[] factors = leaveOneOut(published).stream()
                .mapToDouble(Foreseen::factor)
                .sorted()
                .toArray();
        CompileTime curve = curve(published);
        return new CompileTime(
                curve.seconds(),
                curve.exponent(),
                rounded(factors[(int) Math.ceil(COVERED * factors.length) - 1]));
    }

    /** Each of these times foreseen from all others. */
    public static List<Foreseen> leaveOneOut(List<PublishedCompilation> published) {
        return IntStream.range(0, published.size())
                .mapToObj(index -> {
                    PublishedCompilation one = published.get(index);
                    List<PublishedCompilation> others = new ArrayList<>(published);
                    others.remove(index);
                    return new Foreseen(one, curve(others).seconds(one.count()));
                })
                .toList();
    }

    /** The share of foreseen times that are within a factor. */
    public static double shareWithin(double factor, List<Foreseen> foreseen) {
        return foreseen.stream().filter(one -> one.factor() <= factor).count() / (double) foreseen.size();
    }

    private static CompileTime curve(List<PublishedCompilation> published) {
        SimpleRegression line = new SimpleRegression();
        published.forEach(one -> line.addData(
                Math.log(one.parameters().doubleValue()), Math.log(one.seconds().doubleValue())));
        return new CompileTime(rounded(Math.exp(line.getIntercept())), rounded(line.getSlope()), 1);
    }

    private static double rounded(double value) {
        return Math.round(value * RESOLUTION) / RESOLUTION;
    }
}
