package dev.infermark.regress.parse;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunTimeTest {
    @ParameterizedTest
    @ValueSource(strings = {
        "2021-01-01T02:00:00Z",
        "2021-01-01T05:00:00+03:00",
        "2021-01-01T05:00:00+0300",
        "2021-01-01T02:00",
        "2021.01.01 05:00:00 +0300",
        "2021-01-01 05:00:00 +03:00",
        "2021-01-01 02:00:00.000 UTC",
        "2021/01/01 02:00",
        "1609466400"
    })
    void readsTimesAsToolsWriteThem(String text) {
        assertEquals(Instant.parse("2021-01-01T02:00:00Z"), RunTime.read(text, "here"));
    }
}
