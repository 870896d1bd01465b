package dev.infermark.validate.ablate;

import dev.infermark.deploy.Network;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.InstructionGroup;
import dev.infermark.lower.Program;
import dev.infermark.lower.Stage;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.accuracy.CrossValidation;
import dev.infermark.validate.accuracy.LeaveOut;
import dev.infermark.validate.calibrate.CalibrationSet;
import dev.infermark.validate.calibrate.Calibrator;
import dev.infermark.validate.calibrate.Parameters;
import dev.infermark.validate.measurement.MeasurementClass;
import dev.infermark.validate.scenario.Answer;
import dev.infermark.validate.scenario.Configuration;
import dev.infermark.validate.scenario.Errors;
import dev.infermark.validate.scenario.Subject;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * What predictions of families that the fit had not seen err by when an effect is removed and the rest is fitted again.
 *
 * @param effect what is removed
 * @param parameters how many parameters are fitted without it
 * @param errors errors of latency, or of throughput where no latency is published, by class
 */
public record Ablation(Effect effect, int parameters, Map<MeasurementClass, Errors> errors) {

    /** Copies the map. */
    public Ablation {
        errors = Map.copyOf(errors);
    }

    /**
     * Removes one effect.
     *
     * @param effect what to remove
     * @param subjects trusted rows
     * @param from where fits begin
     * @param progress is told in a line what happens
     */
    public static Ablation of(
            Effect effect, List<Subject> subjects, Calibrations from, Consumer<String> progress) {
        Parameters parameters = Parameters.builtIn().without(effect.pinned().keySet());
        Calibrations start = Parameters.pinned(from, effect.pinned());
        List<Subject> changed = subjects(effect, subjects);
        progress.accept("without " + effect.title() + ": fitting");
        Calibrations fitted = new Calibrator(parameters, _ -> { })
                .fit(CalibrationSet.of(changed, start), parameters.start(start))
                .calibrations();
        List<Answer> unseen = new CrossValidation(parameters, fitted, _ -> { }).run(LeaveOut.FAMILY, changed);
        Map<MeasurementClass, Errors> errors = new EnumMap<>(MeasurementClass.class);
        for (MeasurementClass kind : MeasurementClass.values()) {
            List<Errors.Pair> pairs = Configuration.of(unseen).stream()
                    .filter(each -> each.kind() == kind)
                    .flatMap(each -> each.latencyOrThroughput().stream())
                    .toList();
            if (!pairs.isEmpty()) {
                errors.put(kind, Errors.of(pairs));
            }
        }
        return new Ablation(effect, parameters.list().size(), errors);
    }

    private static List<Subject> subjects(Effect effect, List<Subject> subjects) {
        Map<Network, Network> networks = new HashMap<>();
        IdentityHashMap<Instance, Instance> instances = new IdentityHashMap<>();
        return subjects.stream()
                .map(subject -> new Subject(
                        subject.measurement(),
                        subject.scenario().on(instances.computeIfAbsent(
                                subject.scenario().deployment().instance(), instance -> instance(effect, instance))),
                        networks.computeIfAbsent(
                                subject.network(),
                                network -> network.changed(effect::change, program -> program(effect, program)))))
                .toList();
    }

    private static Instance instance(Effect effect, Instance instance) {
        NeuronCore core = effect.change(instance.chip().core());
        return core.equals(instance.chip().core()) ? instance : instance.with(instance.chip().with(core));
    }

    /** The program with other instructions; stages that shared theirs still do. */
    private static Program program(Effect effect, Program program) {
        IdentityHashMap<List<InstructionGroup>, List<InstructionGroup>> known = new IdentityHashMap<>();
        List<Stage> stages = program.stages().stream()
                .map(stage -> new Stage(
                        stage.name(),
                        known.computeIfAbsent(stage.groups(), groups -> groups(effect, groups)),
                        stage.repetitions(),
                        stage.exchanges()))
                .toList();
        return new Program(
                program.name(),
                stages,
                program.storedBytes(),
                program.inputBytes(),
                program.outputBytes(),
                program.embeddingLookups(),
                program.activations());
    }

    private static List<InstructionGroup> groups(Effect effect, List<InstructionGroup> groups) {
        return List.copyOf(groups.stream().flatMap(effect::change).toList());
    }
}
