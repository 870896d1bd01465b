package dev.infermark.validate.calibrate;

import dev.infermark.deploy.Prediction;
import dev.infermark.deploy.Quoter;
import dev.infermark.simulate.Calibrations;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hipparchus.linear.Array2DRowRealMatrix;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;
import org.hipparchus.optim.nonlinear.vector.leastsquares.MultivariateJacobianFunction;
import org.hipparchus.util.Pair;

/**
 * What the fit makes small: logarithms of modelled over published values, two per case, followed by one weak pull per
 * parameter towards its start.
 *
 * <p>A case counts half when a single release published it, and by the inverse fourth root of the number of cases of
 * its family, so that a family with many rows does not decide alone. Far residuals count by their distance instead of
 * its square (the smooth L1 norm), which bounds what a single odd row can do.
 */
final class Objective implements MultivariateJacobianFunction {
    /** Distance, as a logarithm, from which a residual counts as far: a little above the drift between releases. */
    private static final double FAR = 0.08;

    /** Weight of the pull towards the start; the data outweigh it wherever they say anything. */
    private static final double PULL = 0.04;

    /** Weight of a case that a single release published, whose value no other confirms. */
    private static final double SINGLE = 0.5;

    private static final double FAMILY_POWER = -0.25;
    private static final double STEP = 1e-5;

    private final Parameters parameters;
    private final Calibrations base;
    private final List<CalibrationCase> cases;
    private final double[] weights;

    Objective(Parameters parameters, Calibrations base, CalibrationSet set) {
        this.parameters = parameters;
        this.base = base;
        this.cases = set.cases();
        Map<String, Long> families = cases.stream()
                .collect(Collectors.groupingBy(each -> each.device() + each.family(), Collectors.counting()));
        this.weights = cases.stream()
                .mapToDouble(each -> Math.pow(families.getOrDefault(each.device() + each.family(), 1L), FAMILY_POWER)
                        * (each.rows() == 1 ? SINGLE : 1)
                        / Math.sqrt(each.figures()))
                .toArray();
    }

    /** Residuals that compare a case with its publication, without the pulls. */
    int comparisons() {
        return cases.stream().mapToInt(CalibrationCase::figures).sum();
    }

    int size() {
        return 2 * cases.size() + parameters.list().size();
    }

    @Override
    public Pair<RealVector, RealMatrix> value(RealVector point) {
        double[] at = point.toArray();
        double[] residuals = residuals(at);
        RealMatrix jacobian = new Array2DRowRealMatrix(size(), at.length);
        for (int j = 0; j < at.length; j++) {
            double[] above = at.clone();
            double[] below = at.clone();
            above[j] += STEP;
            below[j] -= STEP;
            double[] up = residuals(above, j, residuals);
            double[] down = residuals(below, j, residuals);
            for (int i = 0; i < residuals.length; i++) {
                jacobian.setEntry(i, j, (up[i] - down[i]) / (2 * STEP));
            }
        }
        return new Pair<>(new ArrayRealVector(residuals, false), jacobian);
    }

    private double[] residuals(double[] coordinates) {
        return residuals(coordinates, _ -> true, new double[size()]);
    }

    /** The residuals when one coordinate has changed; those of devices that it says nothing about are kept. */
    private double[] residuals(double[] coordinates, int changed, double[] before) {
        List<String> devices = parameters.list().get(changed).devices();
        return residuals(coordinates, index -> devices.contains(cases.get(index).device()), before.clone());
    }

    private double[] residuals(double[] coordinates, IntPredicate isAffected, double[] into) {
        double[] values = parameters.valuesAt(coordinates);
        Quoter quoter = Quoter.of(parameters.with(base, values));
        IntStream.range(0, cases.size()).parallel().filter(isAffected).forEach(i -> {
            CalibrationCase each = cases.get(i);
            Prediction prediction = each.subject().predict(quoter);
            into[2 * i] = each.latencySeconds().isEmpty()
                    ? 0
                    : damped(weights[i] * Math.log(prediction.latencySeconds() / each.latencySeconds().getAsDouble()));
            into[2 * i + 1] = each.throughput().isEmpty()
                    ? 0
                    : damped(weights[i] * Math.log(prediction.throughput() / each.throughput().getAsDouble()));
        });
        for (int j = 0; j < values.length; j++) {
            into[2 * cases.size() + j] = PULL * parameters.list().get(j).strain(values[j]);
        }
        return into;
    }

    /** A value whose square is the smooth L1 norm of the residual: 2·far²·(√(1 + (r/far)²) − 1). */
    private static double damped(double residual) {
        double ratio = residual / FAR;
        double excess = ratio * ratio / (1 + Math.sqrt(1 + ratio * ratio));
        return Math.copySign(FAR * Math.sqrt(2 * excess), residual);
    }
}
