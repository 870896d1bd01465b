package dev.infermark.json;

import dev.infermark.base.UserError;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with JSON in the words of the files' users instead of those of the library that read it. */
public final class JsonRefusal {
    private JsonRefusal() {}

    /** Why a text is no JSON, and where. */
    public static String ofText(JacksonException e) {
        return "is not valid JSON" + where(e) + ": " + cause(e);
    }

    /** Where a text stops being JSON: {@code " at line 3, column 5"}, or nothing where that is not known. */
    private static String where(JacksonException e) {
        return e instanceof StreamReadException && e.getLocation() != null
                ? " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr()
                : "";
    }

    private static String cause(JacksonException e) {
        return e instanceof StreamConstraintsException
                ? "it nests deeper, or has a longer number, name or text, than such a file; write it again"
                : String.valueOf(e.getOriginalMessage()).split(" \\(`|: |\\R", 2)[0];
    }

    /** The path of keys to what is wrong, below {@code path}. */
    public static String path(String path, JacksonException e) {
        return e.getPath().stream()
                .map(JsonRefusal::step)
                .collect(Collectors.joining("", path, ""));
    }

    private static String step(JacksonException.Reference reference) {
        String key = reference.getPropertyName();
        return key == null ? "[" + reference.getIndex() + "]" : "." + key;
    }

    /**
     * What is wrong with a value and how to fix it.
     *
     * @param words what the caller calls values of types of its own
     */
    public static String reason(DatabindException e, Map<Class<?>, String> words) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserError) {
                return String.valueOf(cause.getMessage());
            }
        }
        return switch (e) {
            case UnrecognizedPropertyException unknown -> unknownKey(unknown);
            case MismatchedInputException mismatch when isMissing(mismatch) -> "is missing; add it";
            case MismatchedInputException more when more.getOriginalMessage().startsWith("Trailing token") ->
                    "is followed by something else; take that out";
            case MismatchedInputException other -> "must be " + expected(other.getTargetType(), words);
            default -> "cannot be read; compare it with a file that is read";
        };
    }

    private static String unknownKey(UnrecognizedPropertyException e) {
        return e.getKnownPropertyIds().stream()
                .map(String::valueOf)
                .filter(key -> !key.equals("name"))
                .sorted()
                .collect(Collectors.joining(", ", "is no known key; known are ", ""));
    }

    /** Jackson has no exception of its own for a missing key, only these words. */
    private static boolean isMissing(MismatchedInputException e) {
        return Stream.of(
                        "Null value for creator property",
                        "Missing required creator property",
                        "Missing creator property")
                .anyMatch(e.getOriginalMessage()::startsWith);
    }

    private static String expected(@Nullable Class<?> type, Map<Class<?>, String> words) {
        if (type == null) {
            return "of another type";
        }
        if (words.containsKey(type)) {
            return words.get(type);
        }
        if (type == double.class || type == Double.class) {
            return "a number without quotes";
        }
        if (type == String.class) {
            return "a text in quotes";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.stream(type.getEnumConstants())
                    .map(constant -> constant.toString().toLowerCase(Locale.ROOT))
                    .collect(Collectors.joining(", "));
        }
        return Iterable.class.isAssignableFrom(type) ? "a list in brackets" : "an object in braces";
    }
}
