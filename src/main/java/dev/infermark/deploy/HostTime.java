package dev.infermark.deploy;

import dev.infermark.hardware.HostLink;
import dev.infermark.lower.Program;
import dev.infermark.simulate.Era;
import dev.infermark.simulate.HostCalibration;
import java.util.OptionalLong;

/**
 * The time between two calls on one core, the host included.
 *
 * @param seconds from one call's start on the core to the next one's
 * @param hostSeconds what of it is the host's and exposed
 * @param hostWork what the host does in it
 */
record HostTime(double seconds, double hostSeconds, HostWork hostWork) {
    /** Copies of a host with this many virtual CPUs or fewer are not spread over threads. */
    private static final double FEW_CPUS = 4;

    /** A copy is never faster than this share of the time it takes on a small host. */
    private static final double FASTEST_COPY = 0.5;

    /** Adds the host of a deployment to the time of its core. */
    static HostTime of(Program program, Deployment deployment, double core, HostCalibration host, Era era) {
        return switch (deployment.instance().chip().core().generation()) {
            case NEURONCORE_V1 -> sharedCpus(program, deployment, core, host, era);
            case NEURONCORE_V2 -> copies(program, deployment, core, host, era);
        };
    }

    /** The host copies inputs and outputs; a second client's copies overlap with the first one's computing. */
    private static HostTime copies(
            Program program, Deployment deployment, double core, HostCalibration host, Era era) {
        HostLink link = deployment.instance().chip().host();
        double cpus = deployment.instance().vcpuCount();
        double perByte = host.secondsPerByte() * Math.clamp(FEW_CPUS / cpus, FASTEST_COPY, 1);
        double copying = perByte * program.inputBytes();
        for (long bytes : program.outputBytes()) {
            copying += bytes * (bytes > link.largeTransferBytes() ? host.largeSecondsPerByte() : perByte);
        }
        copying *= era.transferFactor();
        int outputs = program.outputBytes().size();
        if (deployment.workersPerCopy() > 1) {
            double seconds = Math.max(core, copying) + host.outputSeconds() * outputs;
            return new HostTime(seconds, seconds - core, copying > core ? HostWork.COPIES : HostWork.CALLS);
        }
        double waiting =
                host.callSeconds() + era.callSeconds() + copying + host.outputSeconds() * Math.max(0, outputs - 1);
        return new HostTime(core + waiting, waiting, HostWork.CALLS);
    }

    /** The host's CPUs, which all clients share, look up embeddings or prepare images before the core can start. */
    private static HostTime sharedCpus(
            Program program, Deployment deployment, double core, HostCalibration host, Era era) {
        boolean isAlone = deployment.workersPerCopy() == 1;
        OptionalLong lookups = program.embeddingLookups();
        double preparing = lookups.isPresent()
                ? host.lookupSecondsPerToken() * lookups.getAsLong()
                : host.secondsPerByte() * program.inputBytes();
        double contention = deployment.inFlight() / (double) deployment.instance().vcpuCount();
        double waiting = preparing * Math.max(isAlone ? 1 : 0, contention)
                + (isAlone ? host.callSeconds() + era.callSeconds() : 0);
        double intake = lookups.isPresent()
                ? 0
                : deployment.busyCoresPerChip() * program.inputBytes() / host.chipInputBytesPerSecond();
        double seconds = Math.max(core + waiting, intake);
        HostWork work = intake > core + waiting
                ? HostWork.INPUT
                : contention > 1 ? HostWork.CPUS : HostWork.CALLS;
        return new HostTime(seconds, seconds - core, work);
    }
}
