package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import dev.infermark.json.JsonRefusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The values of a {@code config.json}, each checked when it is asked for. It remembers what was asked for, so that the
 * user learns of keys that changed nothing. Not safe for use by several threads.
 */
final class Config {
    /** No published model has a dimension beyond this; larger ones are slips or attacks. */
    private static final long LARGEST_SIZE = 10_000_000;

    private static final long MOST_LAYERS = 1_000;

    private final String origin;
    private final JsonNode root;
    private final Set<String> asked = new HashSet<>();
    private final Map<String, Config> sections = new LinkedHashMap<>();

    private Config(String origin, JsonNode root) {
        this.origin = origin;
        this.root = root;
    }

    /** Reads the text of a file. */
    static Config parse(String origin, String json) {
        try {
            return of(origin, JsonMapper.shared().readTree(json));
        } catch (JacksonException e) {
            throw new UserError(origin + " " + JsonRefusal.ofText(e) + "; download the config again", e);
        }
    }

    /** Wraps a value that has been read. */
    static Config of(String origin, JsonNode root) {
        if (!root.isObject()) {
            throw new UserError(origin + " holds no JSON object; give the model's config.json");
        }
        return new Config(origin, root);
    }

    /** What messages call the file. */
    String origin() {
        return origin;
    }

    /** Keys, with their sections, that nobody asked for. */
    List<String> unasked() {
        List<String> keys = new ArrayList<>();
        root.propertyNames().stream().filter(key -> !asked.contains(key)).sorted().forEach(keys::add);
        sections.forEach((name, section) -> section.unasked().forEach(key -> keys.add(name + "." + key)));
        return keys;
    }

    boolean has(String key) {
        asked.add(key);
        JsonNode value = root.get(key);
        return value != null && !value.isNull();
    }

    /** A dimension that must be there. */
    long size(String key) {
        return whole(key, 1, LARGEST_SIZE);
    }

    /** A dimension that may be left out. */
    long size(String key, long otherwise) {
        return has(key) ? size(key) : otherwise;
    }

    /** A row of a table, counted from 0, that may be left out. */
    long row(String key, long otherwise) {
        return has(key) ? whole(key, 0, LARGEST_SIZE) : otherwise;
    }

    /** A number of layers that must be there. */
    int layers(String key) {
        return Math.toIntExact(whole(key, 1, MOST_LAYERS));
    }

    /** A number of layers that may be left out. */
    int layers(String key, int otherwise) {
        return has(key) ? layers(key) : otherwise;
    }

    boolean flag(String key, boolean otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode value = root.get(key);
        if (!value.isBoolean()) {
            throw wrong(key, "true or false");
        }
        return value.booleanValue();
    }

    String text(String key, String otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode value = root.get(key);
        if (!value.isString()) {
            throw wrong(key, "a text");
        }
        return value.stringValue();
    }

    /** An object inside this one; an empty one where it is left out. */
    Config section(String key) {
        return sections.computeIfAbsent(key, this::object);
    }

    /** The section of older configs, which wins where both are there, or else the other one. */
    Config section(String key, String older) {
        return has(older) ? section(older) : section(key);
    }

    private Config object(String key) {
        String name = origin + ", " + key;
        if (!has(key)) {
            return new Config(name, JsonMapper.shared().createObjectNode());
        }
        if (!root.get(key).isObject()) {
            throw wrong(key, "an object");
        }
        return new Config(name, root.get(key));
    }

    /** A list of layers or rows, counted from 0, that may be left out. */
    List<Long> rows(String key) {
        if (!has(key)) {
            return List.of();
        }
        JsonNode value = root.get(key);
        if (!value.isArray() || !value.values().stream().allMatch(JsonNode::canConvertToLong)) {
            throw wrong(key, "a list of whole numbers");
        }
        return value.values().stream().map(JsonNode::longValue).toList();
    }

    /** A list of sizes that must be there. */
    List<Long> sizes(String key) {
        if (!has(key)) {
            throw new UserError(origin + " lacks " + key + "; add it, a list of whole numbers");
        }
        return sizes(key, List.of());
    }

    /** A list of sizes that may be left out. */
    List<Long> sizes(String key, List<Long> otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        JsonNode value = root.get(key);
        boolean isList = value.isArray()
                && !value.isEmpty()
                && value.values().stream()
                        .allMatch(number -> number.isIntegralNumber()
                                && number.canConvertToLong()
                                && number.longValue() >= 1
                                && number.longValue() <= LARGEST_SIZE);
        if (!isList) {
            throw wrong(key, "a list of whole numbers from 1 to " + LARGEST_SIZE);
        }
        return value.values().stream().map(JsonNode::longValue).toList();
    }

    /** A list of texts that may be left out. */
    List<String> texts(String key) {
        if (!has(key)) {
            return List.of();
        }
        JsonNode value = root.get(key);
        if (!value.isArray() || !value.values().stream().allMatch(JsonNode::isString)) {
            throw wrong(key, "a list of texts");
        }
        return value.values().stream().map(JsonNode::stringValue).toList();
    }

    /** A number that may be left out. */
    double number(String key, double otherwise) {
        if (!has(key)) {
            return otherwise;
        }
        if (!root.get(key).isNumber()) {
            throw wrong(key, "a number");
        }
        return root.get(key).doubleValue();
    }

    /** The classes that the checkpoint was saved from. */
    List<String> architectures() {
        return texts("architectures");
    }

    /** The number of classes of a classifier: as many as have names, or 2. */
    long labels() {
        has("num_labels");
        if (has("id2label")) {
            if (!root.get("id2label").isObject() || root.get("id2label").isEmpty()) {
                throw wrong("id2label", "an object with a name for each class");
            }
            return root.get("id2label").size();
        }
        return size("num_labels", 2);
    }

    /** The share of a dimension that each of the heads gets. */
    long perHead(String key, long size, long heads) {
        if (size % heads != 0) {
            throw new UserError(origin + ": " + key + " " + size + " cannot be divided among " + heads
                    + " attention heads; correct one of them");
        }
        return size / heads;
    }

    /** Refuses a setting whose effect is not modelled. */
    void require(String key, String wanted) {
        String value = text(key, wanted);
        if (!value.equals(wanted)) {
            throw new UserError(origin + ": " + key + " \"" + value + "\" is not modelled, only \"" + wanted + "\"");
        }
    }

    /** Refuses a switch whose effect is not modelled. */
    void require(String key, boolean wanted) {
        if (flag(key, wanted) != wanted) {
            throw new UserError(origin + ": " + key + " " + !wanted + " is not modelled, only " + wanted);
        }
    }

    /** Refuses a key whose mere presence changes the network; nothing, false, 0 and empty ones do not. */
    void requireAbsent(String key, String remedy) {
        if (has(key)) {
            JsonNode value = root.get(key);
            boolean isNothing = value.isContainer()
                    ? value.isEmpty()
                    : value.isBoolean() ? !value.booleanValue() : value.isNumber() && value.doubleValue() == 0;
            if (!isNothing) {
                throw new UserError(origin + ": " + key + " " + remedy);
            }
        }
    }

    private long whole(String key, long least, long most) {
        if (!has(key)) {
            throw new UserError(origin + " lacks " + key + "; add it, a whole number of at least " + least);
        }
        JsonNode value = root.get(key);
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw wrong(key, "a whole number from " + least + " to " + most);
        }
        long number = value.longValue();
        if (number < least || number > most) {
            throw wrong(key, "a whole number from " + least + " to " + most);
        }
        return number;
    }

    private UserError wrong(String key, String wanted) {
        String found = String.valueOf(root.get(key));
        String shown = found.length() > 40 ? found.substring(0, 40) + "…" : found;
        return new UserError(origin + ": " + key + " is " + shown + "; it must be " + wanted);
    }
}
