package dev.infermark.bench.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** The JVM that every fork runs in, whatever JVM started the run. */
final class ForkJvm {
    /** Serial: the kernels allocate nothing worth collecting, and no collector thread competes with them for a core. */
    static final String COLLECTOR = "Serial";

    /** The flags of every JVM of the project, and those of a fork. */
    static final List<String> FLAGS = Stream.concat(
                    projectFlags(), Stream.of("-Xms1g", "-Xmx1g", "-XX:+Use" + COLLECTOR + "GC"))
            .toList();

    private ForkJvm() {}

    private static Stream<String> projectFlags() {
        try (InputStream in = ForkJvm.class.getResourceAsStream("/dev/infermark/jvm.args")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8).lines();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
