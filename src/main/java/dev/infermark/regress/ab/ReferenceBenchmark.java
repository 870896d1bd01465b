package dev.infermark.regress.ab;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A fixed piece of work that uses nothing but the JDK: what changes in its time between two forks is the machine, not
 * the code under test. Run as a program it prints the median time of one round in nanoseconds.
 */
public final class ReferenceBenchmark {
    private static final int WARMUP_ROUNDS = 150;
    private static final int ROUNDS = 101;
    private static final int LENGTH = 1 << 16;

    private ReferenceBenchmark() {}

    /** Measures in a fresh JVM. */
    public static void main(String[] arguments) throws NoSuchAlgorithmException {
        double checksum = 0;
        for (int i = 0; i < WARMUP_ROUNDS; i++) {
            checksum += round(i);
        }
        long[] times = new long[ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            long start = System.nanoTime();
            checksum += round(i);
            times[i] = System.nanoTime() - start;
        }
        Arrays.sort(times);
        System.out.println(times[ROUNDS / 2]);
        if (checksum == 0) {
            throw new IllegalStateException("the work was left out");
        }
    }

    /** Sorts, multiplies and hashes: branches, floating point, memory and integer units all take part. */
    private static double round(int seed) throws NoSuchAlgorithmException {
        double[] values = new SplittableRandom(seed).doubles(LENGTH).toArray();
        double sum = 0;
        for (int i = 1; i < LENGTH; i++) {
            sum += values[i] * values[i - 1];
        }
        Arrays.sort(values);
        byte[] text = Double.toString(sum).repeat(64).getBytes(StandardCharsets.UTF_8);
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
        return values[LENGTH / 2] + digest[0];
    }
}
