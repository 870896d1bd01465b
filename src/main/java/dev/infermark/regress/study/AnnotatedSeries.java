package dev.infermark.regress.study;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.regress.detect.ChangePoint;
import dev.infermark.regress.detect.ChangePointDetector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A series in which people marked the changes, as the Turing Change Point Dataset holds them: {@code NAME.json} with
 * the values in {@code series[0].raw}, and one {@code annotations.json} that maps names to people to lists of places.
 *
 * @param name of the series
 * @param values one per place, NaN where it is missing
 * @param marked the changes that each person marked
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared, and never changed.
public record AnnotatedSeries(String name, double[] values, List<List<Integer>> marked) {
    private static final String ANNOTATIONS = "annotations.json";

    /**
     * How well the detector agrees with the people.
     *
     * @param name of the series
     * @param length how many values it has
     * @param found how many changes were found
     * @param f1 F1 within five places
     * @param cover covering of the stretches between changes
     */
    public record Score(String name, int length, int found, double f1, double cover) {}

    /** The series of one value per place that a folder holds, by name, searched to the bottom. */
    public static List<AnnotatedSeries> read(Path folder) {
        List<Path> files = files(folder);
        Path annotations = files.stream()
                .filter(file -> file.endsWith(ANNOTATIONS))
                .findFirst()
                .orElseThrow(() -> new UserError(folder + " holds no " + ANNOTATIONS + ": name a folder that holds the"
                        + " Turing Change Point Dataset"));
        JsonNode marks = json(annotations);
        List<AnnotatedSeries> read = files.stream()
                .filter(file -> !file.endsWith(ANNOTATIONS))
                .flatMap(file -> read(file, marks).stream())
                .toList();
        if (read.isEmpty()) {
            throw new UserError(folder + " holds no series of one value per place that " + annotations + " names");
        }
        return read;
    }

    private static List<Path> files(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.toString().endsWith(".json")).sorted().toList();
        } catch (IOException e) {
            throw new UserError("cannot read " + folder + ": " + e.getMessage() + "; name a folder of series", e);
        }
    }

    private static JsonNode json(Path file) {
        try {
            return JsonMapper.shared().readTree(SafeFiles.read(file));
        } catch (JacksonException e) {
            throw new UserError(
                    file + " is cut or no JSON at line " + e.getLocation().getLineNr() + ": fetch it again", e);
        }
    }

    private static Optional<AnnotatedSeries> read(Path file, JsonNode marks) {
        JsonNode json = json(file);
        String name = json.path("name").asString("");
        JsonNode series = json.path("series");
        JsonNode people = marks.path(name);
        if (people.isEmpty() || series.size() != 1) {
            return Optional.empty();
        }
        List<Double> values = new ArrayList<>();
        series.path(0).path("raw").forEach(value -> values.add(value.isNumber() ? value.asDouble() : Double.NaN));
        List<List<Integer>> marked = new ArrayList<>();
        for (JsonNode person : people) {
            List<Integer> places = new ArrayList<>();
            person.forEach(place -> places.add(place.asInt()));
            marked.add(places);
        }
        return Optional.of(new AnnotatedSeries(
                name, values.stream().mapToDouble(Double::doubleValue).toArray(), List.copyOf(marked)));
    }

    /**
     * How well the lasting changes that a detector finds agree with what people marked; missing values are left out.
     */
    public Score score(ChangePointDetector detector) {
        int[] there = IntStream.range(0, values.length)
                .filter(i -> Double.isFinite(values[i]))
                .toArray();
        double[] known = IntStream.of(there).mapToDouble(i -> values[i]).toArray();
        List<Integer> found = detector.detect(known).stream()
                .map(ChangePoint::index)
                .map(i -> there[i])
                .toList();
        return new Score(
                name,
                values.length,
                found.size(),
                Segmentation.f1(marked, found),
                Segmentation.cover(marked, found, values.length));
    }
}
