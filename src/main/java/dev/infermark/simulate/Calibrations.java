package dev.infermark.simulate;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import dev.infermark.hardware.Generation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The fitted parameters of each NeuronCore generation. */
public record Calibrations(Map<Generation, Calibration> byGeneration) {

    /** Copies the map. */
    public Calibrations {
        byGeneration = Collections.unmodifiableMap(new EnumMap<>(byGeneration));
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
        Map<Generation, Calibration> byGeneration =
                JsonMapper.shared().readValue(json, new TypeReference<@Nullable Map<Generation, Calibration>>() {});
        if (byGeneration == null || byGeneration.isEmpty() || byGeneration.containsValue(null)) {
            throw new UserError("no parameters of any generation; write the file by infermark calibrate --out");
        }
        return new Calibrations(byGeneration);
    }

    /** The parameters as the content of a file. */
    public String json() {
        return JsonMapper.shared()
                        .writerWithDefaultPrettyPrinter()
                        .writeValueAsString(byGeneration)
                + "\n";
    }

    /** The parameters of a generation; refuses one that has none. */
    public Calibration of(Generation generation) {
        Calibration calibration = byGeneration.get(generation);
        if (calibration == null) {
            throw new UserError(generation + " is not calibrated; calibrated are " + byGeneration.keySet());
        }
        return calibration;
    }
}
