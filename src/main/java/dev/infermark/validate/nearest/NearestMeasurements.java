package dev.infermark.validate.nearest;

import dev.infermark.lower.SdkVersion;
import dev.infermark.reader.builtin.Catalogue;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.measurement.Measurement.Setup;
import dev.infermark.validate.measurement.MeasurementFile;
import dev.infermark.validate.nearest.Nearest.Input;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Finds the measurement that is most like a prediction among trusted ones of the built-in table: of the same network,
 * else of its family; on the same chip; then of the same instance type and the same number of cores for a copy, then by
 * the ratios of batches and lengths, then of the release that is nearest to the one asked for, or the newest.
 */
public final class NearestMeasurements {
    private final Map<List<String>, List<Measurement>> onChips = new ConcurrentHashMap<>();

    /** What was measured on a chip and has the beginning of a network's name; no more of the table is read. */
    private List<Measurement> onChip(String device, String stem) {
        return onChips.computeIfAbsent(List.of(device, stem), _ -> MeasurementFile.builtInWith(device, stem).stream()
                .filter(row -> row.origin().isTrusted() && row.setup().device().equals(device))
                .toList());
    }

    /** The nearest one; empty where neither the network nor its family was measured on the chip. */
    public Optional<Nearest> of(Wanted wanted) {
        String stem = stem(wanted.model());
        List<Measurement> onChip = onChip(wanted.device(), stem);
        List<Measurement> ofModel = onChip.stream()
                .filter(row -> row.setup().model().equalsIgnoreCase(wanted.model())
                        || row.setup().model().endsWith("/" + wanted.model()))
                .toList();
        if (!ofModel.isEmpty()) {
            return nearest(wanted, ofModel, Position.MEASURED);
        }
        if (Catalogue.shared().find(wanted.model()).isEmpty()) {
            // A file's name does not tell its family.
            return Optional.empty();
        }
        List<Measurement> alike = onChip.stream()
                .filter(row -> stem(row.setup().model()).equals(stem))
                .toList();
        return nearest(wanted, alike, Position.ALIKE);
    }

    /** The letters that a network's name begins with, which its family shares: bert, resnet, llama. */
    private static String stem(String model) {
        String name = model.substring(model.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        return name.replaceFirst("[^a-z].*", "");
    }

    private static Optional<Nearest> nearest(Wanted wanted, List<Measurement> rows, Position model) {
        return rows.stream().min(likeness(wanted)).map(row -> new Nearest(row, inputs(wanted, rows, model)));
    }

    private static Comparator<Measurement> likeness(Wanted wanted) {
        return Comparator.comparing((Measurement row) -> !isOnInstance(row, wanted))
                .thenComparing(row -> row.setup().tensorParallelDegree().orElse(1) != wanted.coresPerCopy())
                .thenComparingDouble(row -> distance(row.setup().batch(), OptionalLong.of(wanted.batch()))
                        + distance(tokens(row.setup()), wanted.tokens()))
                .thenComparingDouble(row -> distance(row.setup().sdk(), wanted.sdk()))
                .thenComparing(row -> row.origin().firstSeen(), Comparator.reverseOrder())
                .thenComparing(Measurement::id);
    }

    private static Map<Input, Position> inputs(Wanted wanted, List<Measurement> rows, Position model) {
        Map<Input, Position> inputs = new EnumMap<>(Input.class);
        inputs.put(Input.MODEL, model);
        inputs.put(Input.BATCH, position(wanted.batch(), values(rows, row -> row.setup().batch())));
        wanted.tokens().ifPresent(tokens -> inputs.put(
                Input.LENGTH, position(tokens, values(rows, row -> tokens(row.setup())))));
        wanted.sdk().ifPresent(sdk -> inputs.put(Input.SDK, position(
                sdk, rows.stream().map(row -> row.setup().sdk()).flatMap(Optional::stream).toList())));
        inputs.put(
                Input.INSTANCE,
                rows.stream().anyMatch(row -> isOnInstance(row, wanted)) ? Position.MEASURED : Position.ALIKE);
        return inputs;
    }

    private static List<Long> values(List<Measurement> rows, Function<Measurement, OptionalLong> value) {
        return rows.stream().map(value).flatMap(each -> each.stream().boxed()).toList();
    }

    /** Where a value lies beside measured ones. */
    private static <T extends Comparable<? super T>> Position position(T value, List<T> measured) {
        if (measured.contains(value)) {
            return Position.MEASURED;
        }
        Stream<Integer> sides = measured.stream().map(each -> Integer.signum(each.compareTo(value))).distinct();
        return switch ((int) sides.count()) {
            case 0 -> Position.UNKNOWN;
            case 1 -> Position.EXTRAPOLATED;
            default -> Position.INTERPOLATED;
        };
    }

    private static boolean isOnInstance(Measurement row, Wanted wanted) {
        return row.setup().instanceType().equals(wanted.instance().name());
    }

    private static OptionalLong tokens(Setup setup) {
        return setup.inputLength().isPresent() ? setup.inputLength() : setup.sequenceLength();
    }

    /** Releases between two of one compiler; none where the newest is asked for. */
    private static double distance(Optional<SdkVersion> one, Optional<SdkVersion> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return other.isEmpty() ? 0 : Double.MAX_VALUE;
        }
        return one.get().major() == other.get().major()
                ? Math.abs(one.get().minor() - other.get().minor())
                : Double.MAX_VALUE;
    }

    /** The ratio as a logarithm without a sign; what is not known is as near as can be. */
    private static double distance(OptionalLong one, OptionalLong other) {
        return one.isPresent() && other.isPresent()
                ? Math.abs(Math.log((double) one.getAsLong() / other.getAsLong()))
                : 0;
    }
}
