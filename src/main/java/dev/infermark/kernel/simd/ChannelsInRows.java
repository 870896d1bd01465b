package dev.infermark.kernel.simd;

import dev.infermark.kernel.BatchNorm;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** Batch normalisation where the channels of a pixel are neighbours: a few vectors of channels, pixel after pixel. */
final class ChannelsInRows {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = SPECIES.length();

    private ChannelsInRows() {}

    static void normalise(int pixels, float[] x, BatchNorm norm, float[] y) {
        int c = 0;
        for (; c <= norm.channels() - 4 * LANES; c += 4 * LANES) {
            normaliseFour(pixels, x, norm, c, y);
        }
        for (; c < norm.channels(); c += LANES) {
            normaliseRest(pixels, x, norm, c, y);
        }
    }

    private static void normaliseFour(int pixels, float[] x, BatchNorm norm, int c, float[] y) {
        FloatVector factor0 = factor(norm, c);
        FloatVector factor1 = factor(norm, c + LANES);
        FloatVector factor2 = factor(norm, c + 2 * LANES);
        FloatVector factor3 = factor(norm, c + 3 * LANES);
        FloatVector mean0 = FloatVector.fromArray(SPECIES, norm.mean(), c);
        FloatVector mean1 = FloatVector.fromArray(SPECIES, norm.mean(), c + LANES);
        FloatVector mean2 = FloatVector.fromArray(SPECIES, norm.mean(), c + 2 * LANES);
        FloatVector mean3 = FloatVector.fromArray(SPECIES, norm.mean(), c + 3 * LANES);
        FloatVector bias0 = FloatVector.fromArray(SPECIES, norm.bias(), c);
        FloatVector bias1 = FloatVector.fromArray(SPECIES, norm.bias(), c + LANES);
        FloatVector bias2 = FloatVector.fromArray(SPECIES, norm.bias(), c + 2 * LANES);
        FloatVector bias3 = FloatVector.fromArray(SPECIES, norm.bias(), c + 3 * LANES);
        int channels = norm.channels();
        for (int i = 0, at = c; i < pixels; i++, at += channels) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, x, at).sub(mean0);
            FloatVector d1 = FloatVector.fromArray(SPECIES, x, at + LANES).sub(mean1);
            FloatVector d2 = FloatVector.fromArray(SPECIES, x, at + 2 * LANES).sub(mean2);
            FloatVector d3 = FloatVector.fromArray(SPECIES, x, at + 3 * LANES).sub(mean3);
            d0.fma(factor0, bias0).intoArray(y, at);
            d1.fma(factor1, bias1).intoArray(y, at + LANES);
            d2.fma(factor2, bias2).intoArray(y, at + 2 * LANES);
            d3.fma(factor3, bias3).intoArray(y, at + 3 * LANES);
        }
    }

    private static FloatVector factor(BatchNorm norm, int c) {
        FloatVector variance = FloatVector.fromArray(SPECIES, norm.variance(), c);
        return FloatVector.fromArray(SPECIES, norm.gain(), c)
                .div(variance.add(norm.epsilon()).sqrt());
    }

    private static void normaliseRest(int pixels, float[] x, BatchNorm norm, int c, float[] y) {
        VectorMask<Float> rest = SPECIES.indexInRange(c, norm.channels());
        FloatVector factor = FloatVector.fromArray(SPECIES, norm.gain(), c, rest)
                .div(FloatVector.fromArray(SPECIES, norm.variance(), c, rest)
                        .add(norm.epsilon())
                        .sqrt());
        FloatVector mean = FloatVector.fromArray(SPECIES, norm.mean(), c, rest);
        FloatVector bias = FloatVector.fromArray(SPECIES, norm.bias(), c, rest);
        int channels = norm.channels();
        for (int i = 0, at = c; i < pixels; i++, at += channels) {
            FloatVector.fromArray(SPECIES, x, at, rest)
                    .sub(mean)
                    .fma(factor, bias)
                    .intoArray(y, at, rest);
        }
    }

    static void statistics(int pixels, float[] x, float[] mean, float[] variance) {
        int channels = mean.length;
        int c = 0;
        for (; c <= channels - 4 * LANES; c += 4 * LANES) {
            sumsOfFour(pixels, x, c, mean);
            squaresOfFour(pixels, x, c, mean, variance);
        }
        for (; c < channels; c += LANES) {
            statisticsOfRest(pixels, x, c, mean, variance);
        }
    }

    private static void sumsOfFour(int pixels, float[] x, int c, float[] mean) {
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int i = 0, at = c; i < pixels; i++, at += mean.length) {
            sum0 = sum0.add(FloatVector.fromArray(SPECIES, x, at));
            sum1 = sum1.add(FloatVector.fromArray(SPECIES, x, at + LANES));
            sum2 = sum2.add(FloatVector.fromArray(SPECIES, x, at + 2 * LANES));
            sum3 = sum3.add(FloatVector.fromArray(SPECIES, x, at + 3 * LANES));
        }
        sum0.div(pixels).intoArray(mean, c);
        sum1.div(pixels).intoArray(mean, c + LANES);
        sum2.div(pixels).intoArray(mean, c + 2 * LANES);
        sum3.div(pixels).intoArray(mean, c + 3 * LANES);
    }

    private static void squaresOfFour(int pixels, float[] x, int c, float[] mean, float[] variance) {
        FloatVector mean0 = FloatVector.fromArray(SPECIES, mean, c);
        FloatVector mean1 = FloatVector.fromArray(SPECIES, mean, c + LANES);
        FloatVector mean2 = FloatVector.fromArray(SPECIES, mean, c + 2 * LANES);
        FloatVector mean3 = FloatVector.fromArray(SPECIES, mean, c + 3 * LANES);
        FloatVector sum0 = FloatVector.zero(SPECIES);
        FloatVector sum1 = sum0;
        FloatVector sum2 = sum0;
        FloatVector sum3 = sum0;
        for (int i = 0, at = c; i < pixels; i++, at += mean.length) {
            FloatVector d0 = FloatVector.fromArray(SPECIES, x, at).sub(mean0);
            FloatVector d1 = FloatVector.fromArray(SPECIES, x, at + LANES).sub(mean1);
            FloatVector d2 = FloatVector.fromArray(SPECIES, x, at + 2 * LANES).sub(mean2);
            FloatVector d3 = FloatVector.fromArray(SPECIES, x, at + 3 * LANES).sub(mean3);
            sum0 = d0.fma(d0, sum0);
            sum1 = d1.fma(d1, sum1);
            sum2 = d2.fma(d2, sum2);
            sum3 = d3.fma(d3, sum3);
        }
        sum0.div(pixels).intoArray(variance, c);
        sum1.div(pixels).intoArray(variance, c + LANES);
        sum2.div(pixels).intoArray(variance, c + 2 * LANES);
        sum3.div(pixels).intoArray(variance, c + 3 * LANES);
    }

    private static void statisticsOfRest(int pixels, float[] x, int c, float[] means, float[] variances) {
        VectorMask<Float> rest = SPECIES.indexInRange(c, means.length);
        FloatVector sum = FloatVector.zero(SPECIES);
        for (int i = 0, at = c; i < pixels; i++, at += means.length) {
            sum = sum.add(FloatVector.fromArray(SPECIES, x, at, rest));
        }
        FloatVector mean = sum.div(pixels);
        FloatVector squares = FloatVector.zero(SPECIES);
        for (int i = 0, at = c; i < pixels; i++, at += means.length) {
            FloatVector d = FloatVector.fromArray(SPECIES, x, at, rest).sub(mean);
            squares = d.fma(d, squares);
        }
        mean.intoArray(means, c, rest);
        squares.div(pixels).intoArray(variances, c, rest);
    }
}
