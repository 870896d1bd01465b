package dev.infermark.deploy;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.SdkVersion;

/**
 * How a network is served.
 *
 * @param instance where
 * @param cores NeuronCores that each hold a copy of the network
 * @param workersPerCore clients that keep each core busy, each with one call in flight
 * @param batch sequences or images per call
 * @param sdk release of the Neuron SDK that compiled the network and runs it
 */
public record Deployment(Instance instance, int cores, int workersPerCore, long batch, SdkVersion sdk) {

    /** Refuses numbers below one and more cores than the instance has. */
    public Deployment {
        require("batch", batch);
        require("cores", cores);
        require("workers", workersPerCore);
        if (cores > instance.coreCount()) {
            throw new UserError(cores + " cores asked for, " + instance.name() + " has " + instance.coreCount()
                    + "; ask for fewer or choose a larger instance");
        }
    }

    /** One client and one core: what a lone caller sees. */
    public static Deployment singleStream(Instance instance, long batch, SdkVersion sdk) {
        return new Deployment(instance, 1, 1, batch, sdk);
    }

    /** Calls in flight at any time. */
    public int inFlight() {
        return cores * workersPerCore;
    }

    /** Cores that are busy on the fullest chip; chips are filled one after the other. */
    public int busyCoresPerChip() {
        return Math.min(cores, instance.chip().coreCount());
    }

    private static void require(String name, long value) {
        if (value < 1) {
            throw new UserError(name + " must be at least 1, got " + value);
        }
    }
}
