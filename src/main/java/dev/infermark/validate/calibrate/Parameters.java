package dev.infermark.validate.calibrate;

import dev.infermark.simulate.Calibrations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import tools.jackson.core.JsonPointer;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The list of parameters that are fitted, and their place in {@link Calibrations}. A parameter that the model gains
 * needs one entry in the resource {@code parameters.json}.
 *
 * @param list the parameters in the order of a fit's coordinates
 */
public record Parameters(List<Parameter> list) {

    /** Copies the list. */
    public Parameters {
        list = List.copyOf(list);
    }

    /** All parameters of the model. */
    public static Parameters builtIn() {
        try (var in = Objects.requireNonNull(Parameters.class.getResourceAsStream("parameters.json"))) {
            return new Parameters(JsonMapper.shared().readValue(in, new TypeReference<List<Parameter>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Those that measurements of these devices inform. */
    public Parameters of(Set<String> devices) {
        return new Parameters(list.stream()
                .filter(parameter -> parameter.devices().stream().anyMatch(devices::contains))
                .toList());
    }

    /** Those that are kept at none of these places in the file of parameters. */
    public Parameters without(Set<String> pointers) {
        return new Parameters(list.stream()
                .filter(parameter -> parameter.pointers().stream().noneMatch(pointers::contains))
                .toList());
    }

    /** The calibrations with numbers at places in their file. */
    public static Calibrations pinned(Calibrations base, Map<String, Double> values) {
        JsonNode root = JsonMapper.shared().readTree(base.json());
        values.forEach((place, value) -> put(root, place, value));
        return Calibrations.parse(root.toString());
    }

    /** These calibrations with every parameter at its start. */
    public Calibrations start(Calibrations base) {
        return with(base, list.stream().mapToDouble(Parameter::start).toArray());
    }

    /** The parameters' values in the calibrations. */
    double[] values(Calibrations calibrations) {
        JsonNode root = JsonMapper.shared().readTree(calibrations.json());
        return list.stream().mapToDouble(parameter -> requireNumber(root, parameter.pointers().getFirst())).toArray();
    }

    /** The calibrations with other values of the parameters. */
    Calibrations with(Calibrations base, double[] values) {
        JsonNode root = JsonMapper.shared().readTree(base.json());
        for (int i = 0; i < values.length; i++) {
            for (String place : list.get(i).pointers()) {
                put(root, place, values[i]);
            }
        }
        return Calibrations.parse(root.toString());
    }

    /** The coordinates of the parameters' values. */
    double[] coordinates(Calibrations calibrations) {
        double[] values = values(calibrations);
        return IntStream.range(0, values.length)
                .mapToDouble(i -> list.get(i).coordinate(values[i]))
                .toArray();
    }

    /** The values at these coordinates. */
    double[] valuesAt(double[] coordinates) {
        return IntStream.range(0, coordinates.length)
                .mapToDouble(i -> list.get(i).value(coordinates[i]))
                .toArray();
    }

    private static void put(JsonNode root, String place, double value) {
        requireNumber(root, place);
        JsonPointer pointer = JsonPointer.compile(place);
        ((ObjectNode) root.at(pointer.head())).put(pointer.last().getMatchingProperty(), value);
    }

    private static double requireNumber(JsonNode root, String pointer) {
        JsonNode value = root.at(pointer);
        if (!value.isNumber()) {
            throw new IllegalStateException("the calibrations have no number at " + pointer);
        }
        return value.asDouble();
    }
}
