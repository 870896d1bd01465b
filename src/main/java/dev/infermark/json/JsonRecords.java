package dev.infermark.json;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.EnumFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;

/** Records as JSON, read strictly: nothing missing, nothing unknown, nothing twice, nothing converted. */
public final class JsonRecords {
    private static final JsonMapper MAPPER = strict()
            .enable(DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
            .build();

    private JsonRecords() {}

    /** What reads strictly, for callers that add words or keys of their own. */
    public static JsonMapper.Builder strict() {
        return JsonMapper.builder(JsonFactory.builder()
                        .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                        .build())
                .addModule(new SimpleModule("records").setValueInstantiators(new PlainConstructors()))
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(EnumFeature.FAIL_ON_NUMBERS_FOR_ENUMS)
                .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS);
    }

    /**
     * The records of a file.
     *
     * @param remedy how such a file comes about, for messages
     * @throws UserError in one line where it cannot be read, or holds something else
     */
    public static <T> T read(Path file, TypeReference<T> type, String remedy) {
        return parse(file.toString(), SafeFiles.read(file), type, remedy);
    }

    /**
     * The records of a text.
     *
     * @param name what messages call the text
     * @param remedy how such a text comes about, for messages
     * @throws UserError in one line where it holds something else
     */
    public static <T> T parse(String name, String text, TypeReference<T> type, String remedy) {
        try {
            T read = MAPPER.readValue(text, type);
            if (read == null) {
                throw new UserError(name + " holds null; " + remedy);
            }
            return read;
        } catch (DatabindException e) {
            String path = JsonRefusal.path("", e).replaceFirst("^\\.", "");
            throw new UserError(
                    name + ": " + (path.isEmpty() ? "it " : path + " ") + JsonRefusal.reason(e, Map.of()) + "; "
                            + remedy,
                    e);
        } catch (JacksonException e) {
            throw new UserError(name + " " + JsonRefusal.ofText(e) + "; " + remedy, e);
        }
    }

    /** A record as the content of a file. */
    public static String write(Object value) {
        return MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(value) + "\n";
    }

    /**
     * Refuses a number outside of what it can mean.
     *
     * @param name of the number, for the message
     * @return the number
     */
    public static double require(String name, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new UserError(name + " is " + value + ", and must be a number from " + plain(least) + " to "
                    + plain(most));
        }
        return value;
    }

    private static String plain(double bound) {
        return String.valueOf(bound).replaceFirst("\\.0(?=$|E)", "");
    }
}
