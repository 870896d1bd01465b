package dev.infermark.validate.generate;

import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.deploy.generate.GenerationPrediction;
import dev.infermark.deploy.generate.GenerationRuntime;
import dev.infermark.simulate.Calibrations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresFactory;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;
import org.hipparchus.util.Pair;

/**
 * Fits the parameters of text generation to trusted rows by the method of Levenberg and Marquardt. Residuals are
 * logarithms of modelled over published or derived times to the first token and per further token, damped beyond a few
 * per cent; a model with many rows of one library does not decide alone; every parameter is drawn weakly to its start.
 * Mixtures of experts are left out: no parameter is theirs, and of the one model that was published prompts took 1.5 or
 * 14 s.
 */
public final class GenerationFit {
    private static final int MOST_ITERATIONS = 60;
    private static final double PULL = 0.03;
    private static final double STEP = 1e-4;
    private static final double FAR_STEP = 0.02;
    private static final double FAR_FIRST = 0.05;

    private record Comparison(
            GenerationSubject subject, Function<GenerationPrediction, Double> modelled, double target, double weight,
            double far) {}

    private record Group(String model, GenerationRuntime runtime) {}

    private final Calibrations calibrations;

    /** Fits with these parameters of the cores. */
    public GenerationFit(Calibrations calibrations) {
        this.calibrations = calibrations;
    }

    /**
     * The parameters that suit these rows best.
     *
     * @throws UserError when there are no more figures than parameters
     */
    public GenerationCalibration fit(List<GenerationSubject> subjects) {
        List<Comparison> comparisons = comparisons(subjects);
        GenerationParameter[] parameters = GenerationParameter.values();
        if (comparisons.size() <= parameters.length) {
            throw new UserError("there are " + comparisons.size() + " usable figures of text generation for "
                    + parameters.length + " parameters; give more measurements of quality ok");
        }
        double[] start = Arrays.stream(parameters)
                .mapToDouble(each -> Math.log(each.start()))
                .toArray();
        RealVector found = new LevenbergMarquardtOptimizer()
                .optimize(LeastSquaresFactory.create(
                        point -> valueAndJacobian(comparisons, start, point.toArray()),
                        new ArrayRealVector(comparisons.size() + start.length),
                        new ArrayRealVector(start, false),
                        (_, before, now) -> before != null
                                && now.getPoint().getLInfDistance(before.getPoint()) < STEP,
                        10 * MOST_ITERATIONS,
                        MOST_ITERATIONS))
                .getPoint();
        return calibration(found.toArray());
    }

    private static GenerationCalibration calibration(double[] logarithms) {
        return GenerationParameter.calibration(
                Arrays.stream(logarithms).map(Math::exp).toArray());
    }

    private Pair<RealVector, RealMatrix> valueAndJacobian(List<Comparison> all, double[] start, double[] at) {
        double[] here = residuals(all, start, at);
        RealMatrix jacobian = new Array2DRowRealMatrix(here.length, at.length);
        for (int j = 0; j < at.length; j++) {
            double[] above = at.clone();
            above[j] += STEP;
            double[] up = residuals(all, start, above);
            for (int i = 0; i < here.length; i++) {
                jacobian.setEntry(i, j, (up[i] - here[i]) / STEP);
            }
        }
        return new Pair<>(new ArrayRealVector(here, false), jacobian);
    }

    private double[] residuals(List<Comparison> all, double[] start, double[] at) {
        GenerationCalibration generation = calibration(at);
        double[] values = new double[all.size() + at.length];
        for (int i = 0; i < all.size(); i++) {
            Comparison each = all.get(i);
            double modelled =
                    each.modelled().apply(each.subject().scenario().predict(calibrations, generation));
            values[i] = damped(each.weight() * Math.log(modelled / each.target()), each.far());
        }
        for (int j = 0; j < at.length; j++) {
            values[all.size() + j] = PULL * (at[j] - start[j]);
        }
        return values;
    }

    private static List<Comparison> comparisons(List<GenerationSubject> subjects) {
        List<GenerationSubject> trusted =
                subjects.stream()
                        .filter(GenerationSubject::isTrusted)
                        .filter(each -> !each.scenario().shape().hasExperts())
                        .toList();
        Map<Group, Long> sizes = trusted.stream()
                .collect(Collectors.groupingBy(GenerationFit::group, Collectors.counting()));
        List<Comparison> all = new ArrayList<>();
        for (GenerationSubject subject : trusted) {
            double weight = 1 / Math.sqrt(sizes.getOrDefault(group(subject), 1L));
            add(GenerationQuantity.TPOT, subject, weight, FAR_STEP, all);
            if (!subject.hasOddFirstToken()) {
                add(GenerationQuantity.TTFT, subject, weight, FAR_FIRST, all);
            }
            add(GenerationQuantity.LATENCY, subject, weight, FAR_STEP, all);
        }
        return all;
    }

    private static void add(
            GenerationQuantity quantity, GenerationSubject subject, double weight, double far, List<Comparison> into) {
        quantity.target(subject)
                .ifPresent(target -> into.add(new Comparison(
                        subject,
                        each -> quantity.modelled(subject, each),
                        target,
                        weight,
                        far)));
    }

    private static Group group(GenerationSubject subject) {
        return new Group(
                subject.measurement().setup().model(), subject.scenario().runtime());
    }

    /** A value whose square is the smooth L1 norm of the residual. */
    private static double damped(double residual, double far) {
        double ratio = residual / far;
        double excess = ratio * ratio / (1 + Math.sqrt(1 + ratio * ratio));
        return Math.copySign(far * Math.sqrt(2 * excess), residual);
    }
}
