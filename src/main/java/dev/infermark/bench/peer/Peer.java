package dev.infermark.bench.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.ejml.EjmlVersion;

/** A library whose speed stands beside that of our kernels. */
public enum Peer {
    /** EJML, in Java and with the program. */
    EJML,
    /** ojAlgo, in Java and with the program. */
    OJALGO,
    /** OpenBLAS, where it is installed. */
    OPENBLAS,
    /** oneDNN, where it is installed. */
    ONEDNN,
    /** ONNX Runtime, where it is installed. */
    ONNXRUNTIME;

    /** The peer that results call by that name of an implementation, empty where it names none. */
    public static Optional<Peer> named(String implementation) {
        return Arrays.stream(values())
                .filter(peer -> peer.label().equals(implementation))
                .findFirst();
    }

    /** The name of the implementation in results, such as {@code openblas}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Whether it is no Java but a library of the host's own instructions. */
    public boolean isNative() {
        return switch (this) {
            case EJML, OJALGO -> false;
            case OPENBLAS, ONEDNN, ONNXRUNTIME -> true;
        };
    }

    /** One line that says the peer is absent and how to install it, empty where it is there. */
    public Optional<String> absence() {
        return switch (this) {
            case EJML, OJALGO -> Optional.empty();
            case OPENBLAS -> OpenBlas.PEER.absence();
            case ONEDNN -> OneDnn.PEER.absence();
            case ONNXRUNTIME -> OnnxRuntime.PEER.absence();
        };
    }

    /** The peer's own version; refuses where it is absent. */
    public String version() {
        return switch (this) {
            case EJML -> EjmlVersion.VERSION;
            case OJALGO -> artefactVersion("org.ojalgo", "ojalgo");
            case OPENBLAS -> OpenBlas.version();
            case ONEDNN -> OneDnn.version();
            case ONNXRUNTIME -> OnnxRuntime.version();
        };
    }

    /**
     * The version by the properties that Maven leaves in every artefact: in one jar of many, a manifest speaks of the
     * whole.
     */
    private static String artefactVersion(String group, String artefact) {
        String file = "/META-INF/maven/%s/%s/pom.properties".formatted(group, artefact);
        try (InputStream in = Objects.requireNonNull(Peer.class.getResourceAsStream(file), file)) {
            Properties properties = new Properties();
            properties.load(in);
            return Objects.requireNonNull(properties.getProperty("version"), file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
