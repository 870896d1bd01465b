package dev.infermark.cli.regress;

import dev.infermark.regress.study.DetectorSpeed;
import dev.infermark.regress.study.DetectorStudy;
import dev.infermark.regress.study.GateRates;
import dev.infermark.regress.study.GateStudy;
import dev.infermark.regress.study.HistoryRates;
import dev.infermark.regress.study.HistoryStudy;
import dev.infermark.regress.study.NightStudy;
import dev.infermark.regress.study.Noise;
import dev.infermark.report.regression.RateTables;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark regress study}: the rates on generated data, reproducible from a seed. */
@Command(
        name = "study",
        description = "Measures false alarms, power and F1 on generated data with several kinds of noise, ours beside"
                + " other rules.",
        mixinStandardHelpOptions = true)
final class RegressStudyCommand implements Callable<Integer> {
    private static final int FORKS = 5;
    private static final double LEVEL = 0.05;
    private static final int HISTORIES_OF_A_SUITE = 50;
    private static final double[] STEPS = {0.05, 0.1, 0.2};

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it before call()
    private CommandSpec spec;

    @Option(
            names = "--speed",
            description = "Only time the detector: 1,000 histories of 1,000 runs, flat and with one step, on one core.")
    private boolean speed;

    @Option(
            names = "--detector",
            description = "Only the detector: short series, second changes, episodes, exact runs, flat histories.")
    private boolean detector;

    @Option(
            names = "--nights",
            description = "Only what a suite of 100 tells night after night: false reports, and delay of true ones.")
    private boolean nights;

    @Mixin
    private RegressStudyOptions study = new RegressStudyOptions();

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        if (speed) {
            DetectorSpeed.Times times = DetectorSpeed.measure(study.seed());
            out.printf(
                    Locale.ROOT,
                    "1,000 histories of 1,000 runs on one core: flat %.1f s, one step of 5 %% each %.1f s%n",
                    times.flatSeconds(),
                    times.stepSeconds());
            return RegressStatus.FINE.code();
        }
        if (detector) {
            study.print(out, RateTables.detector(new DetectorStudy(study.histories(), study.seed()).run()));
            return RegressStatus.FINE.code();
        }
        if (nights) {
            nights(out);
            return RegressStatus.FINE.code();
        }
        Map<String, List<GateRates>> gate = new LinkedHashMap<>();
        Map<String, HistoryRates> history = new LinkedHashMap<>();
        for (Noise noise : Noise.values()) {
            spec.commandLine().getErr().println("studying " + noise.label() + " noise");
            gate.put(
                    noise.label(),
                    GateStudy.synthetic(noise, FORKS, study.suites(), study.change(), study.seed())
                            .run());
            history.put(
                    noise.label(),
                    HistoryStudy.synthetic(noise, study.histories(), study.seed()).run());
        }
        study.print(out, RateTables.gate(gate), RateTables.history(history));
        return RegressStatus.FINE.code();
    }

    private void nights(PrintWriter out) {
        NightStudy study = new NightStudy(LEVEL, this.study.seed());
        List<NightStudy.FalseReports> wrong = new ArrayList<>();
        List<NightStudy.Delay> late = new ArrayList<>();
        for (Noise noise : List.of(Noise.GAUSSIAN, Noise.WEAKLY_AUTOREGRESSIVE, Noise.OUTLIERS)) {
            spec.commandLine().getErr().println("studying nights of " + noise.label() + " noise");
            wrong.add(study.falseReports(noise, Math.max(1, this.study.histories() / HISTORIES_OF_A_SUITE)));
            for (double step : STEPS) {
                late.add(study.delay(noise, step, this.study.histories()));
            }
        }
        this.study.print(out, RateTables.falseReports(wrong), RateTables.delays(late));
    }
}
