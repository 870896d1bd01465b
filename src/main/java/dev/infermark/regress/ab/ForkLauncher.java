package dev.infermark.regress.ab;

import java.nio.file.Path;

/** Runs what an A/B session consists of; each call is a fresh JVM. */
public interface ForkLauncher {
    /** Runs one fork of a build's benchmarks and returns JMH's JSON. */
    Path benchmark(AbOrder.Build build, int number);

    /** Runs the reference benchmark and returns its time in nanoseconds. */
    double reference();
}
