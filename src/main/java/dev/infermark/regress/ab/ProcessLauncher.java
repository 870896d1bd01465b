package dev.infermark.regress.ab;

import dev.infermark.base.UserError;
import dev.infermark.jmh.BrokenRunException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Launches forks as processes of the JDK that runs this one. */
public final class ProcessLauncher implements ForkLauncher {
    private final Map<AbOrder.Build, Path> jars;
    private final List<String> arguments;
    private final Path folder;

    /**
     * A launcher of two jars that contain JMH.
     *
     * @param jars the jar of each build
     * @param arguments JMH's own options and patterns
     * @param folder where results and logs go
     */
    public ProcessLauncher(Map<AbOrder.Build, Path> jars, List<String> arguments, Path folder) {
        jars.forEach((build, jar) -> {
            if (!Files.isRegularFile(jar)) {
                throw new UserError("--" + build.label() + "-jar " + jar + ": no such file; build it first");
            }
        });
        this.jars = Map.copyOf(jars);
        this.arguments = List.copyOf(arguments);
        this.folder = folder;
    }

    @Override
    public Path benchmark(AbOrder.Build build, int number) {
        Path json = folder.resolve(build.label() + "-" + number + ".json");
        List<String> command = new ArrayList<>(List.of(java(), "-cp", String.valueOf(jars.get(build))));
        command.add("org.openjdk.jmh.Main");
        command.addAll(arguments);
        command.addAll(List.of("-f", "1", "-rf", "json", "-rff", json.toString()));
        run(command, folder.resolve(build.label() + "-" + number + ".log"));
        return json;
    }

    @Override
    public double reference() {
        Path log = folder.resolve("reference.log");
        run(List.of(java(), "-cp", System.getProperty("java.class.path"), ReferenceBenchmark.class.getName()), log);
        try {
            return Double.parseDouble(Files.readString(log, StandardCharsets.UTF_8).strip());
        } catch (IOException | NumberFormatException e) {
            throw new BrokenRunException("the reference benchmark printed no time; see " + log, e);
        }
    }

    private static void run(List<String> command, Path log) {
        try {
            Files.createDirectories(log.toAbsolutePath().getParent());
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            int status = process.waitFor();
            if (status != 0) {
                throw new BrokenRunException("a fork ended with status " + status + "; see " + log);
            }
        } catch (IOException e) {
            throw new UserError("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new BrokenRunException("interrupted; run again", e);
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
