package dev.infermark.csv;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import java.util.List;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvTest {
    @Test
    void readsWhatItWritesWithCommasQuotesAndLineFeeds() {
        List<String> fields = List.of("a,b", "say \"x\"", "two\nlines", "");

        String text = CsvWriter.text(List.of("p", "q", "r", "s"), List.of(fields));

        List<CsvRow> rows = CsvReader.rows("t", text, List.of());

        assertEquals(List.of(fields), rows.stream().map(CsvRow::fields).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Name;VALUE\na;1,5\n", "name\tvalue\r\na\t1.5\r\n", "name,value\na,\"1,5\"\n",
                "\uFEFFname,value\na,1.5"})
    void takesSeparatorDecimalMarkLineEndAndCaseFromTheFile(String text) {
        CsvRow row = CsvReader.rows("t", text, List.of("name", "value")).getFirst();

        assertEquals("a", row.required("name"));
        assertEquals(OptionalDouble.of(1.5), row.number("value"));
    }

    @Test
    void knowsARowThatNoLineEndEnds() {
        List<CsvRow> rows = CsvReader.rows("t", "a,b\n1,2\n3,4", List.of());

        assertEquals(List.of(true, false), rows.stream().map(CsvRow::isEnded).toList());
    }

    @ParameterizedTest
    @CsvSource(quoteCharacter = '`', value = {"`1,500`", "100d", "0x1p3", "1_000", "1.5f", "` `", "e5", "1e"})
    void takesNothingForANumberThatOnlyJavaReads(String text) {
        assertEquals(OptionalDouble.empty(), Decimals.read(text, Decimals.Comma.UNSURE));
    }

    @ParameterizedTest
    @CsvSource({"1.5e-3,0.0015", "+2,2", ".5,0.5", "3.,3", "-inf,-Infinity", "NaN,NaN"})
    void readsNumbersAsProgramsWriteThem(String text, double value) {
        assertEquals(OptionalDouble.of(value), Decimals.read(text, Decimals.Comma.NEVER));
    }

    @Test
    void namesTheLineAndColumnOfWhatIsNoNumber() {
        CsvRow row = CsvReader.rows("t.csv", "a,b\n1,fast\n", List.of()).getFirst();

        UserError e = assertThrows(UserError.class, () -> row.requiredNumber("b"));

        assertTrue(String.valueOf(e.getMessage()).startsWith("t.csv, line 2: b is 'fast'"), e.getMessage());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a,b\n1,2\n\"x\"y,2\n", "a,b\n1,2\n\"x,2\n"})
    void saysInOurWordsThatQuotesDoNotPair(String text) {
        UserError e = assertThrows(UserError.class, () -> CsvReader.rows("t.csv", text, List.of()));

        String message = String.valueOf(e.getMessage());
        assertTrue(message.startsWith("cannot read t.csv: quotes that do not pair at line "), message);
    }
}
