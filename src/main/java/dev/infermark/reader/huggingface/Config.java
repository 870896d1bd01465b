package dev.infermark.reader.huggingface;

import dev.infermark.base.UserError;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The values of a {@code config.json}, each checked when it is asked for.
 *
 * @param origin what messages call the file
 * @param root the JSON object
 */
record Config(String origin, JsonNode root) {
    /** No published model has a dimension beyond this; larger ones are slips or attacks. */
    private static final long LARGEST_SIZE = 10_000_000;

    private static final long MOST_LAYERS = 1_000;

    /** Reads the text of a file. */
    static Config parse(String origin, String json) {
        try {
            return of(origin, JsonMapper.shared().readTree(json));
        } catch (JacksonException e) {
            throw new UserError(origin + " is not valid JSON: " + firstLine(e.getOriginalMessage()) + position(e), e);
        }
    }

    /** Wraps a value that has been read. */
    static Config of(String origin, JsonNode root) {
        if (!root.isObject()) {
            throw new UserError(origin + " holds no JSON object; give the model's config.json");
        }
        return new Config(origin, root);
    }

    boolean has(String key) {
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
        if (!has(key)) {
            return new Config(origin + ", " + key, JsonMapper.shared().createObjectNode());
        }
        if (!root.get(key).isObject()) {
            throw wrong(key, "an object");
        }
        return new Config(origin + ", " + key, root.get(key));
    }

    /** The classes that the checkpoint was saved from. */
    List<String> architectures() {
        if (!has("architectures")) {
            return List.of();
        }
        JsonNode value = root.get("architectures");
        if (!value.isArray()) {
            throw wrong("architectures", "a list of texts");
        }
        return value.values().stream()
                .map(name -> Optional.of(name).filter(JsonNode::isString).map(JsonNode::stringValue))
                .map(name -> name.orElseThrow(() -> wrong("architectures", "a list of texts")))
                .toList();
    }

    /** The number of classes of a classifier: as many as have names, or 2. */
    long labels() {
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

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("unreadable");
    }

    private static String position(JacksonException e) {
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? ""
                : " (line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr() + ")";
    }
}
