package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.deploy.uncertainty.Intervals;
import dev.infermark.simulate.Calibrations;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a file of fitted parameters holds, no answer is negative, infinite or no number. */
class FittedFilesTest {
    private static final List<String> NETWORK =
            List.of("predict", "resnet50", "--instance", "inf1.xlarge,inf2.xlarge", "--sdk", "2.9", "--format", "csv");

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"-1", "-1e-9", "1e999", "-1e999", "1e308", "null", "\"1\"", "true", "[]"})
    void parametersOutsideOfWhatTheyCanMeanAreRefusedInOneLine(String value) throws IOException {
        String built = Calibrations.builtIn().json();
        for (String key : List.of("streamBytesPerSecond", "tensorSlowdown", "callSeconds", "secondsPerByte",
                "coreFactor", "transferFactor", "relayoutExposure", "contention", "chipInputBytesPerSecond")) {
            assertRefused("--params", built.replaceFirst("(\"" + key + "\" : )[-\\dE.]+", "$1" + value), key);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"host", "eras", "tensorSlowdown"})
    void parametersThatAreMissingAreNamed(String key) throws IOException {
        String built = Calibrations.builtIn().json();
        assertRefused("--params", built.replaceFirst("\"" + key + "\"", "\"other\""), "");
        assertRefused("--params", built.replaceFirst("\"" + key + "\" : ", "\"" + key + "\" : null, \"x\" : "), key);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "0", "1e999", "1e308", "null", "\"1\"", "{}"})
    void widthsThatNoIntervalHasAreRefusedInOneLine(String value) throws IOException {
        String built = Intervals.builtIn().json();
        assertRefused("--intervals", built.replaceFirst("(: )[\\dE.-]+", "$1" + value), "");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "[]", "{}", "", "NaN", "{\"neuroncore-v2\":null}", "{\"neuroncore-v9\":{}}"})
    void aFileWithoutParametersIsRefusedInOneLine(String json) throws IOException {
        assertRefused("--params", json, "");
        assertRefused("--intervals", json, "");
    }

    private void assertRefused(String option, String json, String key) throws IOException {
        Path file = Files.writeString(folder.resolve("fitted.json"), json);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        String[] arguments =
                java.util.stream.Stream.concat(NETWORK.stream(), java.util.stream.Stream.of(option, file.toString()))
                        .toArray(String[]::new);
        int status = Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments);
        assertEquals(2, status, () -> json + err);
        assertEquals("", out.toString());
        assertEquals(1, err.toString().lines().count());
        assertTrue(err.toString().contains("fitted.json"), err::toString);
        assertTrue(err.toString().contains(key), err::toString);
        assertFalse(err.toString().contains("Exception"), err::toString);
    }
}
