package dev.infermark.simulate;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Generation;
import dev.infermark.json.JsonRecords;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;

/** The fitted parameters of each NeuronCore generation. */
public record Calibrations(Map<Generation, Calibration> byGeneration) {
    private static final TypeReference<Map<Generation, Calibration>> TYPE = new TypeReference<>() {};
    private static final String REMEDY = "write the file by infermark calibrate --out";

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
        return of(file.toString(), JsonRecords.read(file, TYPE, REMEDY));
    }

    /** The parameters in JSON, as {@link #json} writes them. */
    public static Calibrations parse(String json) {
        return of("the parameters", JsonRecords.parse("the parameters", json, TYPE, REMEDY));
    }

    private static Calibrations of(String name, Map<Generation, Calibration> byGeneration) {
        if (byGeneration.isEmpty() || byGeneration.containsValue(null)) {
            throw new UserError(name + ": a generation has no parameters; " + REMEDY);
        }
        return new Calibrations(byGeneration);
    }

    /** The parameters as the content of a file. */
    public String json() {
        return JsonRecords.write(byGeneration);
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
