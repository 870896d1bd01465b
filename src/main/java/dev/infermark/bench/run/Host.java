package dev.infermark.bench.run;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** What the machine and the checkout say of themselves. */
final class Host {
    private static final String UNKNOWN = "unknown";

    private Host() {}

    static String cpu() {
        return field(lines(Path.of("/proc/cpuinfo")), "model name")
                .or(() -> run("lscpu").flatMap(text -> field(text.lines().toList(), "Model name")))
                .or(() -> run("sysctl", "-n", "machdep.cpu.brand_string"))
                .orElseGet(() -> System.getProperty("os.arch"));
    }

    /** Generation, family, model and stepping where the processor has such numbers. */
    static String cpuModel() {
        return CpuModel.parse(lines(Path.of("/proc/cpuinfo"))).map(CpuModel::label).orElse(UNKNOWN);
    }

    static String operatingSystem() {
        return lines(Path.of("/etc/os-release")).stream()
                .filter(line -> line.startsWith("PRETTY_NAME="))
                .map(line -> line.substring("PRETTY_NAME=".length()).replace("\"", ""))
                .findFirst()
                .orElseGet(() -> System.getProperty("os.name"));
    }

    static String commit() {
        return git("rev-parse", "HEAD").filter(text -> !text.isEmpty()).orElse(UNKNOWN);
    }

    static String tree() {
        return git("status", "--porcelain").map(text -> text.isEmpty() ? "clean" : "dirty").orElse(UNKNOWN);
    }

    /** Asks git about the checkout that this program was built in, wherever it is started. */
    private static Optional<String> git(String command, String argument) {
        try {
            Path program = Path.of(
                    Host.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return run("git", "-C", program.resolveSibling("").toString(), command, argument);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    static Optional<String> run(String... command) {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
            return process.waitFor() == 0 ? Optional.of(text) : Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException _) {
            return List.of();
        }
    }

    private static Optional<String> field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst();
    }
}
