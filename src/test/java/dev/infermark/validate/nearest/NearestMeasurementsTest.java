package dev.infermark.validate.nearest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.hardware.Catalog;
import dev.infermark.lower.SdkVersion;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.measurement.Measurement;
import dev.infermark.validate.measurement.MeasurementFile;
import dev.infermark.validate.nearest.Nearest.Input;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearestMeasurementsTest {
    private static final NearestMeasurements ALL = new NearestMeasurements();

    @Test
    void findsTheConfigurationItselfWhereItWasMeasured() {
        Nearest nearest = nearest("bert-large-uncased", "inf2.xlarge", 8, 128, "2.16").orElseThrow();
        Measurement row = nearest.measurement();
        assertEquals("inf2.xlarge", row.setup().instanceType());
        assertEquals(8, row.setup().batch().orElseThrow());
        assertEquals(SdkVersion.parse("2.16"), row.setup().sdk().orElseThrow());
        assertTrue(nearest.inputs().values().stream().allMatch(Position.MEASURED::equals), nearest::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "bert-large-uncased, inf2.xlarge, 3, 128, 2.16, BATCH, INTERPOLATED",
        "bert-large-uncased, inf2.xlarge, 64, 128, 2.16, BATCH, EXTRAPOLATED",
        "bert-large-uncased, inf2.xlarge, 1, 512, 2.16, LENGTH, EXTRAPOLATED",
        "distilbert-base-uncased, inf2.xlarge, 1, 100, 2.7, LENGTH, INTERPOLATED",
        "bert-large-uncased, inf2.xlarge, 1, 128, 2.9, SDK, EXTRAPOLATED",
        "bert-large-uncased, inf2.xlarge, 1, 128, 2.15, SDK, INTERPOLATED",
        "bert-large-uncased, inf2.8xlarge, 1, 128, 2.16, INSTANCE, ALIKE",
        "bert-mini, inf2.xlarge, 1, 128, 2.16, MODEL, ALIKE"
    })
    void tellsWhereEachInputLies(
            String model, String instance, long batch, long tokens, String sdk, Input input, Position position) {
        Nearest nearest = nearest(model, instance, batch, tokens, sdk).orElseThrow();
        assertEquals(position, nearest.inputs().get(input), nearest::toString);
    }

    @Test
    void takesTheNearestRelease() {
        Nearest nearest = nearest("bert-large-uncased", "inf2.xlarge", 1, 128, "2.9").orElseThrow();
        assertEquals(SdkVersion.parse("2.10"), nearest.measurement().setup().sdk().orElseThrow());
    }

    @Test
    void findsANetworkByItsNameWhateverItsLetters() {
        assertTrue(nearest("ibm/MoLFormer-XL-both-10pct", "inf2.xlarge", 1, 128, "2.20").isPresent());
        assertTrue(nearest("MOLFORMER-XL-both-10pct", "inf2.xlarge", 1, 128, "2.20").isEmpty(), "no other is meant");
    }

    @Test
    void readsNoFewerRowsOfAChipAndAWordThanThereAre() {
        List<Measurement> all = MeasurementFile.builtIn().stream()
                .filter(row -> row.setup().device().equals("inf2") && row.setup().model().contains("bert"))
                .toList();
        List<Measurement> read = MeasurementFile.builtInWith("inf2", "bert");
        assertTrue(read.containsAll(all), "a row is missing");
        assertEquals(Set.of("inf2"), read.stream().map(row -> row.setup().device()).collect(Collectors.toSet()));
    }

    @Test
    void findsNothingForANetworkWhoseFamilyWasNeverMeasured() {
        assertEquals(Optional.empty(), nearest("my-own-network.onnx", "inf2.xlarge", 1, 128, "2.16"));
        assertEquals(Optional.empty(), nearest("resnet-of-my-own.json", "inf2.xlarge", 1, 128, "2.16"));
    }

    @Test
    void predictsTheNeighbourToo() {
        Nearest nearest = nearest("bert-large-uncased", "inf2.xlarge", 8, 128, "2.16").orElseThrow();
        Neighbour neighbour = Neighbour.of(nearest, Catalog.builtIn(), Calibrations.builtIn());
        double published = nearest.measurement().figures().latencyP50Millis().orElseThrow();
        assertEquals(1, neighbour.modelledMillis().orElseThrow() / published, 0.2);
        assertFalse(neighbour.modelledThroughput().isEmpty());
    }

    private static Optional<Nearest> nearest(String model, String instance, long batch, long tokens, String sdk) {
        return ALL.of(new Wanted(
                model,
                Catalog.builtIn().instance(instance),
                1,
                batch,
                OptionalLong.of(tokens),
                Optional.of(SdkVersion.parse(sdk))));
    }
}
