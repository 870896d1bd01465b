package dev.infermark.lower;

import java.util.Optional;

/**
 * The releases of the Neuron SDK that run a kind of network on a chip by a framework.
 *
 * @param chip name of the chip
 * @param framework framework or library
 * @param kind kind of network
 * @param first the first of these releases
 * @param last the last of them, empty while there is none
 * @param source where both come from
 */
public record SdkSupport(
        String chip, String framework, Kind kind, SdkVersion first, Optional<SdkVersion> last, String source) {

    /** Kinds of networks that releases support apart. */
    public enum Kind {
        /** Networks that run once for each call: encoders, vision and audio. */
        ENCODING("encoders, vision, audio"),
        /** Decoders that generate text. */
        GENERATION("text generation");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        /** The kind as people read it. */
        public String title() {
            return title;
        }
    }

    /** Whether a release is among these. */
    public boolean includes(SdkVersion version) {
        return version.isAtLeast(first) && last.map(end -> end.isAtLeast(version)).orElse(true);
    }
}
