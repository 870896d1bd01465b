package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every command that prints costs takes the same prices. */
class PriceOptionsTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @TempDir
    private Path folder;

    private Path prices = Path.of("");

    @BeforeEach
    void writePrices() throws IOException {
        prices = Files.writeString(
                folder.resolve("own.csv"),
                "instance,date,usd_per_hour\ninf1.xlarge,2026-11,0.125\ninf2.xlarge,2026-11,0.25\n");
    }

    private int run(String line) {
        String[] arguments = Stream.of(line.split(" "))
                .map(word -> word.equals("OWN") ? prices.toString() : word)
                .toArray(String[]::new);
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "predict bert-tiny --format json --prices OWN",
                "predict bert-tiny --format json --price-basis OWN",
                "load bert-tiny --rate 10/s --requests 100 --format json --prices OWN",
                "load bert-tiny --scenario offline --requests 100 --format json --prices OWN"
            })
    void costsAreByTheUsersPrices(String line) {
        assertEquals(0, run(line), err::toString);
        assertTrue(out.toString().contains("\"price_usd_per_hour\" : 0.25"), out::toString);
        assertTrue(out.toString().contains("\"price_date\" : \"2026-11\""), out::toString);
        assertTrue(out.toString().contains("\"cost_per_million_usd\" : "), out::toString);
    }

    @Test
    void migrateComparesByTheOnePriceBookThatWasAsked() {
        assertEquals(0, run("migrate bert-tiny --from inf1.xlarge --prices OWN"), err::toString);
        assertTrue(out.toString().contains("lowest $ per million, own.csv 2026-11: "), out::toString);
        assertFalse(out.toString().contains("on-demand"), out::toString);
    }

    @Test
    void fitTakesThemToo() {
        assertEquals(0, run("fit bert-tiny --prices OWN"), err::toString);
    }

    @Test
    void twoWaysToNamePricesExcludeEachOther() {
        assertEquals(2, run("predict bert-tiny --prices OWN --price-basis blog"));
        assertTrue(err.toString().contains("mutually exclusive"), err::toString);
        assertEquals(1, err.toString().lines().count(), err::toString);
    }

    @Test
    void anInstanceThatTheFileLacksIsNamed() {
        assertEquals(2, run("predict bert-tiny --instance inf2.8xlarge --prices OWN"));
        assertTrue(err.toString().contains("no price for inf2.8xlarge"), err::toString);
    }
}
