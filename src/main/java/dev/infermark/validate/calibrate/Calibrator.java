package dev.infermark.validate.calibrate;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import dev.infermark.simulate.Calibrations;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.optim.ConvergenceChecker;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresFactory;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresOptimizer.Optimum;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LeastSquaresProblem;
import org.hipparchus.optim.nonlinear.vector.leastsquares.LevenbergMarquardtOptimizer;

/**
 * Fits parameters to published measurements by the method of Levenberg and Marquardt; the same input gives the same
 * values, whatever the number of threads.
 */
public final class Calibrator {
    private static final int MOST_ITERATIONS = 100;

    /** The fit ends when a step changes no coordinate by more than this. */
    private static final double SETTLED = 1e-4;

    /** The fit also ends when a step lowers the cost by less than this share of it. */
    private static final double GAIN = 1e-7;

    /** Added to the curvature of every coordinate: at a bound, where nothing changes, it keeps the interval finite. */
    private static final double RIDGE = 1e-9;

    private static final double UPPER_QUANTILE = 0.95;

    private final Parameters parameters;
    private final Consumer<String> progress;

    /**
     * A calibrator.
     *
     * @param parameters what may be fitted
     * @param progress is told in a line what happens
     */
    public Calibrator(Parameters parameters, Consumer<String> progress) {
        this.parameters = parameters;
        this.progress = progress;
    }

    /**
     * Fits the parameters that the measurements inform.
     *
     * @param set what to fit to
     * @param from where to begin; parameters that nothing informs keep these values
     * @throws UserError when there is no more data than parameters
     */
    public Fit fit(CalibrationSet set, Calibrations from) {
        Set<String> devices =
                set.cases().stream().map(CalibrationCase::device).collect(Collectors.toSet());
        Parameters fitted = parameters.of(devices);
        Objective objective = new Objective(fitted, from, set);
        int freedom = objective.comparisons() - fitted.list().size();
        if (fitted.list().isEmpty() || freedom < 1) {
            throw new UserError("there are " + objective.comparisons() + " usable figures for "
                    + fitted.list().size() + " parameters; give more measurements of quality ok");
        }
        LeastSquaresProblem problem = LeastSquaresFactory.create(
                objective,
                new ArrayRealVector(objective.size()),
                new ArrayRealVector(fitted.coordinates(from), false),
                checker(set),
                10 * MOST_ITERATIONS,
                MOST_ITERATIONS);
        Optimum optimum = new LevenbergMarquardtOptimizer().optimize(problem);
        double[] coordinates = optimum.getPoint().toArray();
        double variance = optimum.getCost() * optimum.getCost() / freedom;
        return new Fit(
                fitted.with(from, fitted.valuesAt(coordinates)),
                values(fitted, coordinates, covariances(optimum.getJacobian()).scalarMultiply(variance), freedom),
                set.cases().size(),
                optimum.getIterations());
    }

    private ConvergenceChecker<LeastSquaresProblem.Evaluation> checker(CalibrationSet set) {
        return (iteration, before, now) -> {
            progress.accept(String.format(
                    Locale.ROOT,
                    "fitting to %s: iteration %d, cost %.6f",
                    Counted.of(set.cases().size(), "configuration"),
                    iteration,
                    now.getCost()));
            return before != null
                    && (now.getPoint().getLInfDistance(before.getPoint()) < SETTLED
                            || Math.abs(before.getCost() - now.getCost()) < GAIN * before.getCost());
        };
    }

    private static RealMatrix covariances(RealMatrix jacobian) {
        RealMatrix curvature = jacobian.transposeMultiply(jacobian);
        int size = curvature.getRowDimension();
        return MatrixUtils.inverse(
                curvature.add(MatrixUtils.createRealIdentityMatrix(size).scalarMultiply(RIDGE)));
    }

    /** Values with Student's intervals, which are symmetric in the coordinates and so stay within the bounds. */
    private static List<Fit.Value> values(Parameters fitted, double[] at, RealMatrix covariance, int freedom) {
        double factor = new TDistribution(freedom).inverseCumulativeProbability(UPPER_QUANTILE);
        List<Fit.Value> values = new ArrayList<>();
        for (int i = 0; i < at.length; i++) {
            Parameter parameter = fitted.list().get(i);
            double half = factor * Math.sqrt(covariance.getEntry(i, i));
            values.add(new Fit.Value(
                    parameter, parameter.value(at[i]), parameter.value(at[i] - half), parameter.value(at[i] + half)));
        }
        return values;
    }
}
