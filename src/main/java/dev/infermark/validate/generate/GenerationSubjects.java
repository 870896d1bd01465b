package dev.infermark.validate.generate;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Catalog;
import dev.infermark.validate.measurement.Measurement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rows about text generation, sorted into those that can be predicted and those that are refused.
 *
 * @param accepted what can be predicted, in the order of the rows
 * @param refused what cannot, with the reason in one line
 */
public record GenerationSubjects(List<GenerationSubject> accepted, Map<Measurement, String> refused) {

    /** Copies both. */
    public GenerationSubjects {
        accepted = List.copyOf(accepted);
        refused = Map.copyOf(refused);
    }

    /** Sorts rows; those about other things are in neither. */
    public static GenerationSubjects of(List<Measurement> rows, Catalog catalog) {
        GenerationScenarios scenarios = new GenerationScenarios(catalog);
        List<GenerationSubject> accepted = new ArrayList<>();
        Map<Measurement, String> refused = new HashMap<>();
        for (Measurement row : rows) {
            if (GenerationScenarios.isGeneration(row)) {
                try {
                    accepted.add(new GenerationSubject(row, scenarios.of(row)));
                } catch (UserError e) {
                    refused.put(row, String.valueOf(e.getMessage()));
                }
            }
        }
        return new GenerationSubjects(accepted, refused);
    }
}
