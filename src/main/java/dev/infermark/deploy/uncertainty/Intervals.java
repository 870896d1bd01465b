package dev.infermark.deploy.uncertainty;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.hardware.Generation;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.json.JsonRecords;
import dev.infermark.lower.SdkVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * How far predictions miss networks whose family has not been fitted to, by generation of the NeuronCore, maturity of
 * the release and operator mix.
 *
 * @param halfWidths half-widths of 90 % intervals as natural logarithms, by generation
 */
public record Intervals(Map<Generation, Map<Maturity, Map<OperatorMix, Double>>> halfWidths) {
    private static final String REMEDY = "write the file by infermark calibrate --intervals-out";

    /** Copies the maps in the order of their keys; refuses what is no width. */
    public Intervals {
        Map<Generation, Map<Maturity, Map<OperatorMix, Double>>> copy = new TreeMap<>();
        halfWidths.forEach((generation, ofGeneration) -> {
            Map<Maturity, Map<OperatorMix, Double>> ofMaturity = new TreeMap<>();
            children(generation.toString(), ofGeneration)
                    .forEach((maturity, widths) -> ofMaturity.put(
                            maturity, Interval.checked(children(generation + "." + maturity, widths))));
            copy.put(generation, ofMaturity);
        });
        halfWidths = copy;
    }

    private static <K, V> Map<K, V> children(String key, @Nullable Map<K, V> map) {
        if (map == null) {
            throw new UserError(key + " is null");
        }
        return map;
    }

    /** The intervals that come with this release. */
    public static Intervals builtIn() {
        try (var in = Objects.requireNonNull(Intervals.class.getResourceAsStream("intervals.json"))) {
            return of("the built-in intervals", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The intervals in a file that {@code infermark calibrate} wrote; refuses a broken one. */
    public static Intervals read(Path file) {
        return of(file.toString(), SafeFiles.read(file));
    }

    /**
     * The interval of predictions on a core under a release: the widest of those that the network's operators have, or
     * the widest of all of the generation where the core is not the one that was measured.
     *
     * @throws UserError when the generation has none, because nothing was measured on it
     */
    public Interval of(NeuronCore core, Set<OperatorMix> mix, SdkVersion sdk) {
        Map<Maturity, Map<OperatorMix, Double>> ofGeneration = halfWidths.getOrDefault(core.generation(), Map.of());
        Map<OperatorMix, Double> known = core.differsFromOriginal()
                ? Map.of()
                : ofGeneration.getOrDefault(Maturity.of(core.generation(), sdk), Map.of());
        return new Interval(widest(mix.stream().filter(known::containsKey).map(known::get))
                .or(() -> widest(known.values().stream()))
                .or(() -> widest(ofGeneration.values().stream().flatMap(widths -> widths.values().stream())))
                .orElseThrow(() -> new UserError(core.generation()
                        + " has no intervals, for lack of measurements; there are those of " + halfWidths.keySet())));
    }

    /** The intervals as the content of a file. */
    public String json() {
        return JsonRecords.write(halfWidths);
    }

    private static Intervals of(String name, String json) {
        Map<Generation, Map<Maturity, Map<OperatorMix, Double>>> widths =
                JsonRecords.parse(name, json, new TypeReference<>() {}, REMEDY);
        if (widths.isEmpty()) {
            throw new UserError(name + ": no intervals of any generation; " + REMEDY);
        }
        try {
            return new Intervals(widths);
        } catch (UserError e) {
            throw new UserError(name + ": " + e.getMessage() + "; " + REMEDY, e);
        }
    }

    private static Optional<Double> widest(Stream<Double> widths) {
        return widths.max(Comparator.naturalOrder());
    }
}
