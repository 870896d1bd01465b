package dev.infermark.validate.ablate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.hardware.Catalog;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.measurement.MeasurementClass;
import dev.infermark.validate.measurement.MeasurementFile;
import dev.infermark.validate.scenario.Subject;
import dev.infermark.validate.scenario.Subjects;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AblationTest {
    private static final List<Subject> SUBJECTS = Subjects.of(
                    MeasurementFile.builtIn().stream()
                            .filter(row -> row.origin().isTrusted() && row.setup().device().equals("inf2"))
                            .filter(row -> Set.of("distilbert", "roberta", "clip").contains(row.setup().family()))
                            .toList(),
                    Catalog.builtIn())
            .accepted();

    @Test
    void leavesNothingOutWhereNothingIsRemoved() {
        Ablation whole = without(Effect.NOTHING);
        Ablation calls = without(Effect.CALLS);
        assertEquals(whole.parameters() - 1, calls.parameters());
        assertTrue(mean(calls, MeasurementClass.INF2_ENCODERS) > mean(whole, MeasurementClass.INF2_ENCODERS));
    }

    @Test
    void changesOnlyNetworksThatHaveTheEffect() {
        Ablation whole = without(Effect.NOTHING);
        Ablation fused = without(Effect.QUICK_GELU);
        assertEquals(
                mean(whole, MeasurementClass.INF2_ENCODERS), mean(fused, MeasurementClass.INF2_ENCODERS), 1e-12);
        assertTrue(mean(fused, MeasurementClass.INF2_CLIP) > mean(whole, MeasurementClass.INF2_CLIP));
    }

    @Test
    void changesHardwareForAnEffectOfIt() {
        Ablation whole = without(Effect.NOTHING);
        Ablation fast = without(Effect.ACCESS_LATENCY);
        assertEquals(whole.parameters(), fast.parameters());
        assertTrue(mean(fast, MeasurementClass.INF2_CLIP) > mean(whole, MeasurementClass.INF2_CLIP));
    }

    private static Ablation without(Effect effect) {
        return Ablation.of(effect, SUBJECTS, Calibrations.builtIn(), _ -> { });
    }

    private static double mean(Ablation ablation, MeasurementClass kind) {
        return Objects.requireNonNull(ablation.errors().get(kind)).mean();
    }
}
