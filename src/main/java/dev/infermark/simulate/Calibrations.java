package dev.infermark.simulate;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
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
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The parameters in a file that {@code infermark calibrate} wrote; refuses a broken one. */
    public static Calibrations read(Path file) {
        try {
            return parse(SafeFiles.read(file));
        } catch (JacksonException e) {
            throw new UserError(file + ": no parameters: " + e.getOriginalMessage()
                    + "; write the file by infermark calibrate --out", e);
        }
    }

    /** The parameters in JSON, as {@link #json} writes them. */
    public static Calibrations parse(String json) {
        Map<String, Calibration> byCore =
                JsonMapper.shared().readValue(json, new TypeReference<@Nullable Map<String, Calibration>>() {});
        if (byCore == null || byCore.isEmpty() || byCore.containsValue(null)) {
            throw new UserError("no parameters of any core; write the file by infermark calibrate --out");
        }
        return new Calibrations(byCore);
    }

    /** The parameters as the content of a file. */
    public String json() {
        return JsonMapper.shared()
                        .writerWithDefaultPrettyPrinter()
                        .with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                        .writeValueAsString(byCore)
                + "\n";
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
