package dev.infermark.hardware;

import dev.infermark.base.UserError;
import dev.infermark.json.JsonRecords;
import dev.infermark.json.JsonRefusal;
import dev.infermark.numerics.DataType;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.KeyDeserializer;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

/** JSON of one hardware file: trees and records, with every refusal in one line that names file, key and remedy. */
final class HardwareJson {
    private static final Map<Class<?>, String> WORDS =
            Map.of(Figure.class, "a figure in braces with value, unit, kind and source");

    private static final JsonMapper MAPPER = JsonRecords.strict()
            .addModule(lowerCaseKeys(DataType.class))
            .addModule(lowerCaseKeys(Instruction.class))
            .addModule(lowerCaseKeys(ComparedQuantity.class))
            .build();

    private final String file;

    HardwareJson(String file) {
        this.file = file;
    }

    ObjectNode parse(String text) {
        try {
            if (MAPPER.readTree(text) instanceof ObjectNode object) {
                return object;
            }
        } catch (JacksonException e) {
            throw refuse("", JsonRefusal.ofText(e));
        }
        throw refuse("", "must be an object in braces; give " + CatalogReader.KNOWN);
    }

    ObjectNode tree(Record value) {
        return MAPPER.valueToTree(value);
    }

    ObjectNode object(String path, JsonNode node) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw refuse(path, "must be an object in braces; correct it");
    }

    /** The named children of an object in their order; none where the object is missing. */
    Map<String, JsonNode> children(String path, JsonNode node) {
        Map<String, JsonNode> children = new LinkedHashMap<>();
        if (!node.isMissingNode()) {
            object(path, node).properties().forEach(entry -> children.put(entry.getKey(), entry.getValue()));
        }
        return children;
    }

    void refuseOtherKeys(ObjectNode node, Set<String> known) {
        node.properties().stream().map(Map.Entry::getKey).filter(key -> !known.contains(key)).findFirst().ifPresent(
                key -> {
                    throw refuse(key, "is no known key; known are " + String.join(", ", new TreeSet<>(known)));
                });
    }

    <T> T bind(String path, JsonNode node, Class<T> type) {
        try {
            return MAPPER.treeToValue(node, type);
        } catch (DatabindException e) {
            throw refuse(JsonRefusal.path(path, e), JsonRefusal.reason(e, WORDS));
        } catch (JacksonException e) {
            throw refuse(JsonRefusal.path(path, e), "has a number beyond what it can be; correct it");
        }
    }

    <T> List<T> bindList(String path, JsonNode node, Class<T> element) {
        if (node.isMissingNode()) {
            return List.of();
        }
        if (!node.isArray()) {
            throw refuse(path, "must be a list in brackets");
        }
        return node.valueStream().map(item -> bind(path, item, element)).toList();
    }

    UserError refuse(String path, String reason) {
        return new UserError(file + ": " + (path.isEmpty() ? "" : path + " ") + reason);
    }

    /** The same refusal with the file in front, unless it is there already. */
    UserError located(UserError error) {
        String message = String.valueOf(error.getMessage());
        return message.startsWith(file + ": ") ? error : new UserError(file + ": " + message, error);
    }

    private static <K extends Enum<K>> SimpleModule lowerCaseKeys(Class<K> type) {
        return new SimpleModule(type.getName())
                .addKeyDeserializer(type, new KeyDeserializer() {
                    @Override
                    public Object deserializeKey(String key, DeserializationContext context) {
                        return Arrays.stream(type.getEnumConstants())
                                .filter(constant -> constant.name().equalsIgnoreCase(key))
                                .findFirst()
                                .orElseThrow(() -> new UserError("unknown key '" + key + "'; known are "
                                        + Arrays.stream(type.getEnumConstants())
                                                .map(Support::label)
                                                .collect(Collectors.joining(", "))));
                    }
                })
                .addKeySerializer(type, new ValueSerializer<K>() {
                    @Override
                    public void serialize(K key, JsonGenerator out, SerializationContext context) {
                        out.writeName(key.name().toLowerCase(Locale.ROOT));
                    }
                });
    }
}
