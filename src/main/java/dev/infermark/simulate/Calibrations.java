package dev.infermark.simulate;

import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The fitted parameters of each NeuronCore generation. */
public record Calibrations(Map<String, Calibration> byCore) {

    /** Copies the map. */
    public Calibrations {
        byCore = Map.copyOf(byCore);
    }

    /** The parameters that come with this release. */
    public static Calibrations builtIn() {
        try (var in = Objects.requireNonNull(Calibrations.class.getResourceAsStream("calibration.json"))) {
            return new Calibrations(
                    JsonMapper.shared().readValue(in, new TypeReference<Map<String, Calibration>>() {}));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parameters of a core; refuses one that has none. */
    public Calibration of(String core) {
        Calibration calibration = byCore.get(core);
        if (calibration == null) {
            throw new UserError("core " + core + " is not calibrated; calibrated are " + byCore.keySet());
        }
        return calibration;
    }
}
