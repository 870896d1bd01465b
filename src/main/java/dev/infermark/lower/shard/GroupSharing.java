package dev.infermark.lower.shard;

import dev.infermark.graph.Parallelism.Norms;

/**
 * How a group of cores shares a network.
 *
 * @param degree cores of the group, among which matrices and heads are divided: the tensor-parallel degree
 * @param expertGroups parts of the group, each of which has some experts of a mixture for itself: the expert-parallel
 *     degree, a divisor of the cores; 1 where all cores share each expert
 * @param norms whether norms and residuals of prompts are divided by their tokens
 */
public record GroupSharing(int degree, int expertGroups, Norms norms) {

    /** Refuses groups that do not divide the cores. */
    public GroupSharing {
        if (degree < 1 || expertGroups < 1 || degree % expertGroups != 0) {
            throw new IllegalArgumentException(expertGroups + " groups of experts among " + degree + " cores");
        }
    }

    /** All cores share each matrix, and each has the norms as a whole. */
    public static GroupSharing of(int degree) {
        return new GroupSharing(degree, 1, Norms.WHOLE);
    }

    /** The same among another number of cores. */
    public GroupSharing withDegree(int other) {
        return new GroupSharing(other, expertGroups, norms);
    }

    /** Cores that share one expert. */
    public int coresPerExpert() {
        return degree / expertGroups;
    }

    /** Whether it is as the published measurements were. */
    public boolean isMeasured() {
        return expertGroups == 1 && norms == Norms.WHOLE;
    }
}
