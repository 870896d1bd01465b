package dev.infermark.json;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.UserError;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.core.type.TypeReference;

class JsonRecordsTest {
    private record Point(double x, double y) {}

    @Test
    void readsWhatItWrites() {
        assertEquals(new Point(1, -2.5), parse(JsonRecords.write(new Point(1, -2.5))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\0',
            value = {
                "{'x':1}|y is missing; add it; write it so",
                "{'x':1,'y':null}|must be a number without quotes",
                "{'x':1,'y':'2'}|y must be a number without quotes",
                "{'x':1,'y':2,'z':3}|z is no known key; known are x, y",
                "{'x':1,'x':2}|is not valid JSON at line 1, column 11: Duplicate Object property",
                "{'x':1,'y':2} 3|it is followed by something else",
                "{'x':|is not valid JSON at line 1, column 6",
                "null|holds null",
                "[]|it must be an object in braces"
            })
    void refusesWhatIsNotTheRecordInOneLine(String json, String message) {
        UserError e = assertThrows(UserError.class, () -> parse(json.replace('\'', '"')));
        assertMentions(e, "points.json", message, "write it so");
        assertFalse(String.valueOf(e.getMessage()).contains("\n"));
    }

    @Test
    void saysInOurWordsThatATextNestsTooDeeply() {
        UserError e = assertThrows(
                UserError.class,
                () -> JsonRecords.parse("a", "[".repeat(100_000), new TypeReference<Object>() {}, "write it so"));
        assertMentions(e, "nests deeper");
        assertFalse(String.valueOf(e.getMessage()).contains("StreamReadConstraints"));
    }

    @Test
    void saysWhatRangeANumberMustLieIn() {
        UserError e = assertThrows(UserError.class, () -> JsonRecords.require("rate", -1, 0, 1e15));
        assertEquals("rate is -1.0, and must be a number from 0 to 1E15", e.getMessage());
        assertThrows(UserError.class, () -> JsonRecords.require("rate", Double.NaN, 0, 1));
    }

    private static Point parse(String json) {
        return JsonRecords.parse("points.json", json, new TypeReference<>() {}, "write it so");
    }
}
