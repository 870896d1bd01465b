package dev.infermark.deploy.uncertainty;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.Generation;
import dev.infermark.json.JsonRecords;
import dev.infermark.lower.SdkVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;

/**
 * How far predictions miss networks whose family has not been fitted to, by generation of the NeuronCore, chip,
 * maturity of the release and operator mix.
 *
 * @param halfWidths half-widths of 90 % intervals as natural logarithms, by generation and name of the chip
 */
public record Intervals(Map<Generation, Map<String, Map<Maturity, Map<OperatorMix, Double>>>> halfWidths) {
    private static final String REMEDY = "write the file by infermark calibrate --intervals-out";

    /** Copies the maps in the order of their keys; refuses what is no width. */
    public Intervals {
        Map<Generation, Map<String, Map<Maturity, Map<OperatorMix, Double>>>> copy = new TreeMap<>();
        halfWidths.forEach((generation, ofGeneration) -> {
            Map<String, Map<Maturity, Map<OperatorMix, Double>>> ofChip = new TreeMap<>();
            children(generation.toString(), ofGeneration)
                    .forEach((chip, widths) -> ofChip.put(chip, checked(generation + "." + chip, widths)));
            copy.put(generation, ofChip);
        });
        halfWidths = copy;
    }

    private static Map<Maturity, Map<OperatorMix, Double>> checked(
            String key, @Nullable Map<Maturity, Map<OperatorMix, Double>> ofChip) {
        Map<Maturity, Map<OperatorMix, Double>> ofMaturity = new TreeMap<>();
        children(key, ofChip)
                .forEach((maturity, widths) ->
                        ofMaturity.put(maturity, Interval.checked(children(key + "." + maturity, widths))));
        return ofMaturity;
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
     * The interval of predictions on a chip under a release: the widest of those that the network's operators have
     * there, or on the other chips of the generation where they were not measured on it; the widest of all of the
     * generation where the core is not the one that was measured.
     *
     * @throws UserError when the generation has none, because nothing was measured on it
     */
    public Interval of(Chip chip, Set<OperatorMix> mix, SdkVersion sdk) {
        Generation generation = chip.core().generation();
        Map<String, Map<Maturity, Map<OperatorMix, Double>>> chips = halfWidths.getOrDefault(generation, Map.of());
        List<Map<OperatorMix, Double>> known = chip.core().differsFromOriginal()
                ? List.of()
                : knownOf(chips, chip.name(), Maturity.of(generation, sdk));
        return new Interval(widest(mix.stream().flatMap(each -> width(known, each).stream()))
                .or(() -> widest(known.stream().flatMap(widths -> widths.values().stream())))
                .or(() -> widest(chips.values().stream()
                        .flatMap(ofChip -> ofChip.values().stream())
                        .flatMap(widths -> widths.values().stream())))
                .orElseThrow(() -> new UserError(generation
                        + " has no intervals, for lack of measurements; there are those of " + halfWidths.keySet())));
    }

    /** The widths of a maturity on the chip itself, then the widest on any chip, by operator mix. */
    private static List<Map<OperatorMix, Double>> knownOf(
            Map<String, Map<Maturity, Map<OperatorMix, Double>>> chips, String chip, Maturity maturity) {
        Map<OperatorMix, Double> onAny = new EnumMap<>(OperatorMix.class);
        chips.values().forEach(ofChip -> ofChip.getOrDefault(maturity, Map.of())
                .forEach((mix, width) -> onAny.merge(mix, width, Math::max)));
        Map<OperatorMix, Double> own = chips.getOrDefault(chip, Map.of()).getOrDefault(maturity, Map.of());
        return List.of(own, onAny);
    }

    private static Optional<Double> width(List<Map<OperatorMix, Double>> known, OperatorMix mix) {
        return known.stream().filter(widths -> widths.containsKey(mix)).findFirst().map(widths -> widths.get(mix));
    }

    /** The intervals as the content of a file. */
    public String json() {
        return JsonRecords.write(halfWidths);
    }

    private static Intervals of(String name, String json) {
        Map<Generation, Map<String, Map<Maturity, Map<OperatorMix, Double>>>> widths =
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
