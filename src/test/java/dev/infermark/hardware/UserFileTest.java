package dev.infermark.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.numerics.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UserFileTest {
    private static final String FIGURE = "{'value':%s,'unit':'%s','kind':'documented','source':'my data sheet'}";

    @TempDir
    private Path folder;

    private Catalog read(String json) {
        try {
            Path file = folder.resolve("mine.json");
            Files.writeString(file, json.replace('\'', '"'));
            return Catalog.builtIn().with(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String refusal(String json) {
        String message = String.valueOf(assertThrows(UserError.class, () -> read(json)).getMessage());
        assertEquals(1, message.lines().count());
        assertTrue(message.startsWith(folder.resolve("mine.json") + ": "), message);
        return message.substring(message.indexOf(": ") + 2);
    }

    private static String clock(String figure) {
        return "{'chips':{'mine':{'extends':'inferentia2','core':{'tensor':{'clock':" + figure + "}}}}}";
    }

    private static String price(String instance, String date, String hourly) {
        return "{'priceBooks':{'mine':{'basis':'on-demand','region':'eu-west-1','prices':[{'instance':'" + instance
                + "','date':'" + date + "','hourly':" + hourly + "}]}}}";
    }

    @Test
    void aChangedCoreKeepsTheGenerationOfTheCoreThatItExtends() {
        Catalog catalog = read("{'cores':{'old':{'extends':'neuroncore-v1'}},'chips':{"
                + "'faster':{'extends':'inferentia2','core':{'tensor':{'clock':" + FIGURE.formatted("2", "GHz") + "}}},"
                + "'smaller':{'extends':'inferentia2','core':{'extends':'neuroncore-v1','gpsimd':null}}}}");

        assertEquals(Generation.NEURONCORE_V2, catalog.chip("faster").core().generation());
        assertTrue(catalog.chip("faster").core().differsFromOriginal());
        assertEquals(Generation.NEURONCORE_V1, catalog.chip("smaller").core().generation());
        assertEquals(Generation.NEURONCORE_V1, catalog.core("old").generation());
        assertFalse(catalog.core("old").differsFromOriginal());
    }

    @Test
    void noBuiltInCoreIsChangedAndEqualCoresAreOneObject() {
        for (Instance instance : Catalog.builtIn().instances()) {
            NeuronCore core = instance.chip().core();
            assertFalse(core.differsFromOriginal());
            assertSame(Catalog.builtIn().core(core.name()), core);
        }
    }

    @Test
    void aChipTakesFromAnotherWhatItDoesNotOverride() {
        Catalog catalog = read(clock(FIGURE.formatted("1400", "MHz")));
        NeuronCore mine = catalog.chip("mine").core();
        NeuronCore theirs = catalog.chip("inferentia2").core();

        assertEquals(1.4e9, mine.tensor().clockHz());
        assertEquals("my data sheet", mine.tensor().clock().source());
        assertEquals(theirs.tensor().rows(), mine.tensor().rows());
        assertEquals(theirs.vector(), mine.vector());
        assertEquals(theirs.exclusions(), mine.exclusions());
        assertEquals("mine-core", mine.name());
        assertEquals(2.8e9, theirs.tensor().clockHz());
    }

    @Test
    void aChipMayTakeAnotherCoreByNameOrExtendIt() {
        Catalog catalog = read("{'chips':{'a':{'extends':'inferentia2','core':'neuroncore-v1'},"
                + "'b':{'extends':'inferentia2','core':{'extends':'neuroncore-v1'}}}}");

        assertEquals(catalog.core("neuroncore-v1"), catalog.chip("a").core());
        assertTrue(catalog.chip("b").core().gpsimd().isEmpty());
        assertFalse(catalog.chip("b").core().tensor().supports(DataType.FP32));
    }

    @Test
    void nullRemovesAnEngine() {
        Catalog catalog = read("{'chips':{'mine':{'extends':'inferentia2','core':{'gpsimd':null}}}}");

        assertTrue(catalog.chip("mine").core().gpsimd().isEmpty());
    }

    @Test
    void anInstanceMayBuildOnAChipOfTheSameFileAndHaveAPrice() {
        Catalog catalog = read("{'chips':{'mine':{'extends':'inferentia2','cores':" + FIGURE.formatted("1", "count")
                + "}},'instances':{'mine.large':{'extends':'inf2.24xlarge','chip':'mine'}},"
                + "'priceBooks':{'on-demand':{'basis':'on-demand','region':'us-east-1','prices':[{'instance':"
                + "'mine.large','date':'2026-05','hourly':" + FIGURE.formatted("2.5", "USD/h") + "}]}}}");

        assertEquals(6, catalog.instance("mine.large").coreCount());
        assertEquals(2.5, catalog.priceBook("on-demand").price("mine.large").dollarsPerHour());
        assertEquals(0.758, catalog.priceBook("on-demand").price("inf2.xlarge").dollarsPerHour());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'value':1,'kind':'documented','source':'x'}|.unit is missing; add it",
                "{'unit':'GHz','kind':'documented','source':'x'}|.value is missing; add it",
                "{'value':1,'unit':'GHz','source':'x'}|.kind is missing; add it",
                "{'value':1,'unit':'GHz','kind':'documented'}|.source is missing; add it",
                "{'value':1,'unit':'GiB','kind':'documented','source':'x'}"
                        + "| must be a frequency (Hz, MHz, GHz), got the unit GiB",
                "{'value':1,'unit':'ghz','kind':'documented','source':'x'}|.unit unknown unit 'ghz'; write one of",
                "{'value':1,'unit':'GHz','kind':'guess','source':'x'}"
                        + "|.kind unknown kind 'guess'; write documented, inferred or calibrated",
                "{'value':'fast','unit':'GHz','kind':'documented','source':'x'}"
                        + "|.value must be a number without quotes",
                "{'value':true,'unit':'GHz','kind':'documented','source':'x'}|.value must be a number without quotes",
                "{'value':'NaN','unit':'GHz','kind':'documented','source':'x'}"
                        + "| 'value' must be a finite number that is not negative, got NaN",
                "{'value':1e999,'unit':'GHz','kind':'documented','source':'x'}"
                        + "| 'value' must be a finite number that is not negative, got Infinity",
                "{'value':-1,'unit':'GHz','kind':'documented','source':'x'}"
                        + "| 'value' must be a finite number that is not negative, got -1.0",
                "{'value':0,'unit':'GHz','kind':'documented','source':'x'}| must be more than 0",
                "{'value':1,'unit':'GHz','kind':'documented','source':' '}| 'source' is empty; say where",
                "{'value':1,'unit':'GHz','kind':'documented','source':'x','note':'y'}"
                        + "|.note is no known key; known are kind, source, unit, value",
                "2.8|.clock must be a figure in braces with value, unit, kind and source",
                "[1]|.clock must be a figure in braces with value, unit, kind and source",
                "null|.clock is missing; add it"
            })
    void refusesABrokenFigureByItsKey(String figure, String reason) {
        String message = refusal(clock(figure));

        assertTrue(message.startsWith("chips.mine.core.tensor"), message);
        assertTrue(message.replace("'clock' must", "must").contains(reason), message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{'chips':{'mine':|is not valid JSON at line 1, column 18: Unexpected end-of-input",
                "{'chips':NaN}|is not valid JSON at line 1, column 13: Non-standard token",
                "{'chips':{},'chips':{}}|is not valid JSON at line 1, column 20: Duplicate Object property",
                "{} {}|is not valid JSON: Trailing token",
                "hello|is not valid JSON at line 1, column 1: Unrecognized token",
                "[]|must be an object in braces",
                "~~|must be an object in braces",
                "{'chips':[]}|chips must be an object in braces",
                "{'chips':{'mine':3}}|chips.mine must be an object in braces",
                "{'comparisons':{}}|comparisons must be a list in brackets",
                "{'chip':{}}|chip is no known key; known are chips, comparisons, cores, instances, priceBooks",
                "{'chips':{'mine':{'title':'x'}}}|chips.mine.cores is missing; add it",
                "{'chips':{'mine':{'extends':'inferentia2','clock':{}}}}|chips.mine.clock is no known key; known are"
                        + " advertisedPeak, announcement, collectives, core, cores",
                "{'chips':{'mine':{'extends':3}}}|chips.mine.extends must be a name in quotes",
                "{'chips':{'mine':{'extends':'inferentia3'}}}|unknown chip 'inferentia3'; did you mean inferentia1?",
                "{'chips':{'Inferentia2':{'extends':'inferentia1'}}}"
                        + "|the chip 'Inferentia2' exists already; give yours another name",
                "{'chips':{'mine':{'extends':'inferentia2','advertisedPeak':{'bf17':{}}}}}"
                        + "|chips.mine.advertisedPeak unknown key 'bf17'; known are fp32, tf32, bf16",
                "{'instances':{'mine':{'extends':'inf2.xlarge','chip':'tpu'}}}|unknown chip 'tpu'",
                "{'instances':{'mine':{'extends':'inf2.48xlarge','link':{'topology':'star'}}}}"
                        + "|instances.mine.link.topology must be one of chain, ring, torus_2d",
                "{'priceBooks':{'mine':{'basis':'auction','region':'eu','prices':[]}}}"
                        + "|priceBooks.mine.basis unknown price basis 'auction'; write on-demand, ri-effective or spot",
                "{'priceBooks':{'blog':{'basis':'on-demand','region':'eu','prices':[]}}}"
                        + "|price book 'blog' is on-demand in us-east-1; give prices of another basis or region",
                "{'priceBooks':{'mine':{'basis':'on-demand','region':'eu','prices':3}}}"
                        + "|priceBooks.mine.prices must be a list in brackets",
            })
    void refusesABrokenFileByWhatIsWrongAndWhere(String json, String reason) {
        String message = refusal(json);

        assertTrue(message.startsWith(reason), message);
    }

    @Test
    void refusesAPriceOfAnUnknownInstanceAPriceWithoutADateAndASecondPrice() {
        String dollar = FIGURE.formatted("1", "USD/h");

        assertTrue(refusal(price("inf2.xlrge", "2026", dollar)).startsWith(
                "unknown instance 'inf2.xlrge'; did you mean inf2.xlarge?"));
        assertEquals(
                "priceBooks.mine.prices[0] 'date' must be YYYY, YYYY-MM or YYYY-MM-DD, got 'May'",
                refusal(price("inf2.xlarge", "May", dollar)));
        assertEquals(
                "price book 'on-demand' has two prices for inf2.xlarge; keep one, or put the other into a book of its"
                        + " own",
                refusal(price("inf2.xlarge", "2026", dollar)
                        .replace("{'mine'", "{'on-demand'")
                        .replace("eu-west-1", "us-east-1")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "9223372036854775807", "1e999"})
    void aNumberIsNoWord(String number) {
        String message = refusal("{'cores':{'mine':{'extends':'neuroncore-v2','exclusions':[{'memory':" + number
                + ",'engines':['vector','gpsimd'],'kind':'documented','source':'x'}]}}}");

        assertTrue(message.startsWith("cores.mine.exclusions[0].memory "), message);
    }

    @Test
    void refusesSizesThatDoNotFitTogether() {
        assertTrue(refusal("{'chips':{'mine':{'extends':'inferentia2','cores':" + FIGURE.formatted("3", "count")
                        + "}}}")
                .contains("'memory.corePart' times 'cores' exceeds 'memory.capacity'"));
        assertTrue(refusal("{'chips':{'mine':{'extends':'inferentia2','core':{'sbuf':{'partitions':"
                        + FIGURE.formatted("100", "count") + "}}}}}")
                .contains("must divide into 100 partitions"));
        assertTrue(refusal("{'chips':{'mine':{'extends':'inferentia2','cores':" + FIGURE.formatted("1.5", "count")
                        + "}}}")
                .contains("'value' must be a whole number"));
    }

    @Test
    void refusesAFileThatIsNotThere() {
        Path file = folder.resolve("none.json");

        UserError error = assertThrows(UserError.class, () -> Catalog.builtIn().with(file));

        assertEquals("cannot read " + file + ": no such file; check the path", error.getMessage());
    }
}
