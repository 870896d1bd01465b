package dev.infermark.runtime.compiled;

import dev.infermark.base.UserError;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.NetworkFacts;
import dev.infermark.hardware.Chip;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import dev.infermark.lower.SdkReleases;
import dev.infermark.lower.SdkVersion;

/**
 * A network lowered for one chip, one release of the SDK and one choice of types.
 *
 * @param provenance where it comes from
 * @param target what it was compiled for
 * @param sdk release of the Neuron SDK
 * @param precision the types that it computes in
 * @param facts what is known of the network
 * @param program what its cores run
 */
public record CompiledNetwork(
        Provenance provenance,
        Target target,
        SdkVersion sdk,
        Precision precision,
        NetworkFacts facts,
        Program program) {

    /**
     * A network compiled for a chip.
     *
     * @throws UserError where it is one core's part of a network, whose exchanges no compiled file keeps
     */
    public static CompiledNetwork of(
            Network network, Chip chip, SdkVersion sdk, Precision precision, Provenance provenance) {
        network.exchangingCores().ifPresent(cores -> {
            throw new UserError(network.facts().name() + " is one core's part of a network over " + cores
                    + " cores, which is not compiled into a file; predict it with --tensor-parallel " + cores);
        });
        return new CompiledNetwork(
                provenance,
                Target.of(chip),
                sdk,
                precision,
                network.facts(),
                network.lowered(chip.core(), precision));
    }

    /**
     * The network on a chip.
     *
     * @throws dev.infermark.base.UserError where it was compiled for another one
     */
    public Network on(Chip chip) {
        target.require(facts.name(), chip);
        return Network.compiled(facts, chip.core(), precision, program);
    }

    /** The type of matmuls and convolutions, such as {@code bf16}. */
    public String matmulType() {
        return precision.matmul().label();
    }

    /** The type of all other operators, such as {@code fp32}. */
    public String elementwiseType() {
        return precision.elementwise().label();
    }

    /** The release of the Neuron SDK, with the date of what is known of it. */
    public String sdkLabel() {
        return SdkReleases.builtIn().label(sdk);
    }

    /** Parts that run one after the other. */
    public int stages() {
        return program.stages().size();
    }

    /** Weights and constants in the types of the core. */
    public long storedBytes() {
        return program.storedBytes();
    }
}
