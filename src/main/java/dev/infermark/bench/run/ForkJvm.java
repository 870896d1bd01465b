package dev.infermark.bench.run;

import java.util.List;

/** The JVM that every fork runs in; the one place for its flags, whatever JVM started the run. */
final class ForkJvm {
    /** Serial: the kernels allocate nothing worth collecting, and no collector thread competes with them for a core. */
    static final String COLLECTOR = "Serial";

    static final List<String> FLAGS = List.of(
            "--add-modules=jdk.incubator.vector",
            "--enable-native-access=ALL-UNNAMED",
            // JMH itself reads field offsets this way; without the flag the JVM warns in every fork.
            "--sun-misc-unsafe-memory-access=allow",
            "-Xms1g",
            "-Xmx1g",
            "-XX:+Use" + COLLECTOR + "GC");

    private ForkJvm() {}
}
