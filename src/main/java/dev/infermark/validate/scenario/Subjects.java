package dev.infermark.validate.scenario;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quoter;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.CustomSupport;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.validate.measurement.Measurement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Measurements sorted into those that can be predicted and those that are refused.
 *
 * @param accepted what can be predicted, in the order of the rows
 * @param refused what cannot, with the reason, in the order of the rows
 */
public record Subjects(List<Subject> accepted, List<Refused> refused) {

    /**
     * A measurement that is not predicted.
     *
     * @param measurement the row
     * @param reason why, in one line
     */
    public record Refused(Measurement measurement, String reason) {}

    private record Called(String model, Workload workload) {}

    /** Copies the lists. */
    public Subjects {
        accepted = List.copyOf(accepted);
        refused = List.copyOf(refused);
    }

    /** Builds each network of the rows once per workload. */
    public static Subjects of(List<Measurement> rows, Catalog catalog) {
        return of(rows, catalog, () -> { });
    }

    /** The same, which runs something after each row. */
    public static Subjects of(List<Measurement> rows, Catalog catalog, Runnable afterEach) {
        Scenarios scenarios = new Scenarios(catalog);
        Map<Called, Network> networks = new HashMap<>();
        // What a chip has no memory or no engine for is only found out by predicting.
        Quoter trial = Quoter.builtIn();
        List<Subject> accepted = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (Measurement row : rows) {
            try {
                Scenario scenario = scenarios.of(row);
                Network network = networks.computeIfAbsent(
                        new Called(scenario.model(), scenario.workload()), Subjects::network);
                Subject subject = new Subject(row, scenario, network);
                subject.predict(trial);
                accepted.add(subject);
            } catch (UserError e) {
                refused.add(new Refused(row, String.valueOf(e.getMessage())));
            }
            afterEach.run();
        }
        return new Subjects(accepted, refused);
    }

    private static Network network(Called call) {
        return Network.of(Models.find(call.model()), call.workload(), CustomSupport.NONE);
    }
}
