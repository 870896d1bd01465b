package dev.infermark.plan.sweep;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.json.JsonRefusal;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * All combinations of the values of some settings, numbered from 0; the last axis changes fastest.
 *
 * @param axes the settings in the order of {@link #NAMES}
 */
public record Grid(List<Axis> axes) {
    /** The settings that a grid may have, slowest first: those that need another network come before the others. */
    public static final List<String> NAMES = List.of(
            "model_name",
            "sequence_length",
            "input_length",
            "output_length",
            "batch_size",
            "auto_cast",
            "sdk",
            "instance_type",
            "tensor_parallel_size",
            "n_models",
            "workers_per_model");

    /** Copies the list; refuses a grid without a model, and one whose rows cannot be numbered. */
    public Grid {
        axes = List.copyOf(axes);
        if (axes.stream().noneMatch(axis -> axis.name().equals("model_name"))) {
            throw new UserError("the grid has no 'model_name'; name a model, or a list of them");
        }
        BigInteger combinations = axes.stream()
                .map(axis -> BigInteger.valueOf(axis.values().size()))
                .reduce(BigInteger.ONE, BigInteger::multiply);
        if (combinations.bitLength() >= Long.SIZE) {
            throw new UserError("the grid has 2^63 combinations or more; take values out");
        }
    }

    /** The grid in a JSON file: an object with a value, a list or a range for each setting. */
    public static Grid read(Path file) {
        String text = SafeFiles.read(file);
        try {
            return parse(text);
        } catch (JacksonException e) {
            throw new UserError(file + " " + JsonRefusal.ofText(e) + "; see infermark sweep --help for an example", e);
        } catch (UserError e) {
            throw new UserError(file + ": " + e.getMessage(), e);
        }
    }

    /**
     * The grid in a text.
     *
     * @throws JacksonException when it is no JSON
     */
    public static Grid parse(String json) {
        JsonNode root = JsonMapper.shared().readTree(json);
        if (!root.isObject()) {
            throw new UserError("a grid is a JSON object; write one such as {\"model_name\": \"bert-large-uncased\","
                    + " \"batch_size\": {\"from\": 1, \"to\": 16}}");
        }
        for (String name : root.propertyNames()) {
            if (!NAMES.contains(name)) {
                throw new UserError(
                        "the grid has no setting '" + name + "'; there are " + String.join(", ", NAMES));
            }
        }
        List<Axis> axes = new ArrayList<>();
        for (String name : NAMES) {
            JsonNode node = root.get(name);
            if (node != null) {
                axes.add(Axis.of(name, node));
            }
        }
        return new Grid(axes);
    }

    /** How many combinations there are. */
    public long size() {
        return axes.stream().mapToLong(axis -> axis.values().size()).reduce(1, Math::multiplyExact);
    }

    /** Whether text is to be generated. */
    public boolean generates() {
        return axes.stream()
                .anyMatch(axis -> axis.name().equals("output_length") || axis.name().equals("tensor_parallel_size"));
    }

    /** One combination. */
    public Point at(long number) {
        String[] values = new String[axes.size()];
        long rest = number;
        for (int i = axes.size() - 1; i >= 0; i--) {
            List<String> axis = axes.get(i).values();
            values[i] = axis.get((int) (rest % axis.size()));
            rest /= axis.size();
        }
        return new Point(this, number, List.of(values));
    }

    /**
     * A combination.
     *
     * @param grid whose it is
     * @param number in the grid, from 0
     * @param values one for each axis
     */
    public record Point(Grid grid, long number, List<String> values) {

        /** The value of a setting; empty where the grid does not have it. */
        public Optional<String> get(String name) {
            for (int i = 0; i < values.size(); i++) {
                if (grid.axes.get(i).name().equals(name)) {
                    return Optional.of(values.get(i));
                }
            }
            return Optional.empty();
        }

        /** A setting that is a whole number. */
        public Optional<Long> whole(String name) {
            return get(name).map(Long::valueOf);
        }
    }
}
