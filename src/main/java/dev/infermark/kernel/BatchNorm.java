package dev.infermark.kernel;

/**
 * What a batch normalisation knows of each channel.
 *
 * @param mean of the channel
 * @param variance of the channel
 * @param gain factor of the normalised values
 * @param bias summand after that
 * @param epsilon not negative; keeps the divisor of constant channels from zero
 */
@SuppressWarnings("ArrayRecordComponent") // parameters of a kernel, compared by nobody
public record BatchNorm(float[] mean, float[] variance, float[] gain, float[] bias, float epsilon) {
    /** Checks that all have as many channels. */
    public BatchNorm {
        checkLength("variance", variance, mean);
        checkLength("gain", gain, mean);
        checkLength("bias", bias, mean);
        Arguments.checkEpsilon(epsilon);
    }

    /** Number of channels. */
    public int channels() {
        return mean.length;
    }

    /** What the deviations of a channel from its mean are multiplied by: gain/√(variance + epsilon). */
    public float factor(int channel) {
        return (float) (gain[channel] / Math.sqrt(variance[channel] + epsilon));
    }

    private static void checkLength(String name, float[] values, float[] mean) {
        if (values.length != mean.length) {
            throw new IllegalArgumentException(name + " must have one element per channel as mean, which has shape "
                    + mean.length + ", but has shape " + values.length);
        }
    }
}
