package dev.infermark.jmh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/** Writes JMH's JSON as JMH 1.37 does. */
public final class JmhFixture {
    private final List<String> entries = new ArrayList<>();
    private String mode = "avgt";
    private String unit = "ns/op";
    private String jdk = "25.0.1";
    private String params = "";
    private String jvmArgs = "\"-Xmx1g\"";

    /** Results in another mode and unit from here on. */
    public JmhFixture mode(String newMode, String newUnit) {
        mode = newMode;
        unit = newUnit;
        return this;
    }

    /** Results of another JDK from here on. */
    public JmhFixture jdk(String version) {
        jdk = version;
        return this;
    }

    /** Results with a parameter from here on. */
    public JmhFixture param(String name, String value) {
        params = "\"params\":{\"" + name + "\":\"" + value + "\"},";
        return this;
    }

    /** Results with other flags from here on. */
    public JmhFixture jvmArgs(String argument) {
        jvmArgs = '"' + argument + '"';
        return this;
    }

    /** A result whose forks have one iteration each. */
    public JmhFixture benchmark(String name, double... forks) {
        return raw(
                name,
                forks.length,
                1,
                "\"rawData\":["
                        + Arrays.stream(forks).mapToObj(v -> "[" + v + "]").collect(Collectors.joining(","))
                        + "]");
    }

    /** A result with its settings and its raw data as JSON. */
    public JmhFixture raw(String name, int forks, int iterations, String data) {
        entries.add(
                """
                {"jmhVersion":"1.37","benchmark":"%s","mode":"%s","threads":1,"forks":%d,"jvm":"/opt/java",
                 "jvmArgs":[%s],"jdkVersion":"%s","vmName":"OpenJDK","vmVersion":"%s+1",
                 "warmupIterations":5,"warmupTime":"1 s","warmupBatchSize":1,
                 "measurementIterations":%d,"measurementTime":"1 s","measurementBatchSize":1,%s
                 "primaryMetric":{"score":1.0,"scoreError":"NaN","scoreConfidence":["NaN","NaN"],
                  "scorePercentiles":{"0.0":1.0},"scoreUnit":"%s",%s},
                 "secondaryMetrics":{"gc.alloc":{"score":1.0,"rawData":[[1.0]]}}}"""
                        .formatted(name, mode, forks, jvmArgs, jdk, jdk, iterations, params, unit, data));
        return this;
    }

    /** Writes the file. */
    public Path write(Path file) {
        try {
            return Files.writeString(file, "[\n" + String.join(",\n", entries) + "\n]\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
