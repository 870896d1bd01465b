package dev.infermark.hardware;

import dev.infermark.base.UserError;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/** Says what is wrong with JSON in the words of hardware files instead of those of the library that read it. */
final class JsonRefusal {
    private JsonRefusal() {}

    /** Why a text is no JSON, and where. */
    static String ofText(JacksonException e) {
        String where = e instanceof StreamReadException && e.getLocation() != null
                ? " at line " + e.getLocation().getLineNr() + ", column " + e.getLocation().getColumnNr()
                : "";
        return "is not valid JSON" + where + ": " + e.getOriginalMessage().split(" \\(`|: |\\R", 2)[0];
    }

    /** The path of keys to what is wrong, below {@code path}. */
    static String path(String path, DatabindException e) {
        return e.getPath().stream()
                .map(JsonRefusal::step)
                .collect(Collectors.joining("", path, ""));
    }

    private static String step(JacksonException.Reference reference) {
        String key = reference.getPropertyName();
        return key == null ? "[" + reference.getIndex() + "]" : "." + key;
    }

    /** What is wrong with a value and how to mend it. */
    static String reason(DatabindException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof UserError) {
                return String.valueOf(cause.getMessage());
            }
        }
        return switch (e) {
            case UnrecognizedPropertyException unknown -> unknownKey(unknown);
            case MismatchedInputException mismatch when isMissing(mismatch) -> "is missing; add it";
            case MismatchedInputException other -> "must be " + expected(other.getTargetType());
            default -> "cannot be read: " + e.getOriginalMessage().lines().findFirst().orElse("");
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
        return Stream.of("Null value for creator property", "Missing required creator property")
                .anyMatch(e.getOriginalMessage()::startsWith);
    }

    private static String expected(@Nullable Class<?> type) {
        if (type == null) {
            return "of another type";
        }
        if (type == double.class) {
            return "a number without quotes";
        }
        if (type == String.class) {
            return "a text in quotes";
        }
        if (type == Figure.class) {
            return "a figure in braces with value, unit, kind and source";
        }
        if (type.isEnum()) {
            return "one of " + Arrays.stream(type.getEnumConstants()).map(constant -> Support.label((Enum<?>) constant))
                    .collect(Collectors.joining(", "));
        }
        return Iterable.class.isAssignableFrom(type) ? "a list in brackets" : "an object in braces";
    }
}
