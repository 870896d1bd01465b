package dev.infermark.validate.scenario;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Predictor;
import dev.infermark.deploy.uncertainty.OperatorMix;
import dev.infermark.graph.Graph;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.Lowerer;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.measurement.Measurement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

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

    private record Compilation(String model, Workload workload, Precision precision, NeuronCore core) {}

    private record Compiled(Program program, Set<OperatorMix> mix) {}

    /** Copies the lists. */
    public Subjects {
        accepted = List.copyOf(accepted);
        refused = List.copyOf(refused);
    }

    /** Lowers each network of the rows once per workload, precision and core. */
    public static Subjects of(List<Measurement> rows, Catalog catalog) {
        return of(rows, catalog, () -> { });
    }

    /** The same, which runs something after each row. */
    public static Subjects of(List<Measurement> rows, Catalog catalog, Runnable afterEach) {
        Scenarios scenarios = new Scenarios(catalog);
        Map<Compilation, Compiled> programs = new HashMap<>();
        // What a chip has no memory or no engine for is only found out by predicting.
        Predictor trial = new Predictor(Calibrations.builtIn());
        List<Subject> accepted = new ArrayList<>();
        List<Refused> refused = new ArrayList<>();
        for (Measurement row : rows) {
            try {
                Scenario scenario = scenarios.of(row);
                Compiled compiled = programs.computeIfAbsent(key(scenario), Subjects::compile);
                Subject subject = new Subject(row, scenario, compiled.program(), compiled.mix());
                subject.predict(trial);
                accepted.add(subject);
            } catch (UserError e) {
                refused.add(new Refused(row, String.valueOf(e.getMessage())));
            }
            afterEach.run();
        }
        return new Subjects(accepted, refused);
    }

    private static Compilation key(Scenario scenario) {
        return new Compilation(
                scenario.model(),
                scenario.workload(),
                scenario.precision(),
                scenario.deployment().instance().chip().core());
    }

    private static Compiled compile(Compilation of) {
        Graph graph = Models.find(of.model()).graph(of.workload());
        return new Compiled(new Lowerer(of.core(), of.precision()).lower(graph), OperatorMix.of(graph));
    }
}
