package dev.infermark.runtime.compiled;

import dev.infermark.base.UserError;
import dev.infermark.deploy.NetworkFacts;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import java.util.Map;

/**
 * The first part of the file of a compiled network: what it is, where it comes from, what it was compiled for.
 *
 * @param format always {@link #FORMAT}
 * @param version version of the format
 * @param provenance where it comes from
 * @param target what it was compiled for
 * @param sdk release of the Neuron SDK, or {@code newest}
 * @param precision the types that it computes in
 * @param network what is known of the network
 */
record Manifest(
        String format,
        int version,
        Provenance provenance,
        Target target,
        String sdk,
        Precision precision,
        NetworkFacts network) {
    static final String FORMAT = "infermark-compiled";

    /** Counts up with every change of the files. */
    static final int VERSION = 1;

    /** Refuses counts that no network has, which answers would multiply beyond what 64 bits count. */
    Manifest {
        StoredProgram.require(
                network.batch(), network.parameters(), network.fileBytes(), network.dividedWeights());
    }

    /** Refuses what says to be of another format or version; the rest of it may look otherwise. */
    static void requireVersion(String file, Map<String, Object> manifest) {
        if (!FORMAT.equals(manifest.get("format"))) {
            throw new UserError(file + " is no compiled network; write one by infermark compile");
        }
        if (!Integer.valueOf(VERSION).equals(manifest.get("version"))) {
            throw new UserError(file + " has version " + manifest.get("version") + " of the format, and version "
                    + VERSION + " is read here; compile the model again");
        }
    }

    /** The release of the SDK. */
    SdkVersion release() {
        return sdk.equals(SdkVersion.NEWEST.toString()) ? SdkVersion.NEWEST : SdkVersion.parse(sdk);
    }
}
