package dev.infermark.deploy.uncertainty;

import dev.infermark.deploy.Deployment;

/** How many calls in flight share the virtual CPUs of the host, which spreads their times. */
public enum Contention {
    /** At most one call in flight for four CPUs. */
    IDLE,
    /** At most one for each CPU. */
    SHARED,
    /** More calls than CPUs. */
    CROWDED;

    private static final double IDLE_SHARE = 0.25;

    /** The contention of a deployment. */
    public static Contention of(Deployment deployment) {
        double perCpu = deployment.inFlight() / (double) deployment.instance().vcpuCount();
        return perCpu <= IDLE_SHARE ? IDLE : perCpu <= 1 ? SHARED : CROWDED;
    }
}
