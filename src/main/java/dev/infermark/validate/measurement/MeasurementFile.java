package dev.infermark.validate.measurement;

import dev.infermark.base.SafeFiles;
import dev.infermark.csv.CsvReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/**
 * Reads tables of measurements: CSV with a header, columns in any order, further columns ignored, blank cells where the
 * publication is silent.
 */
public final class MeasurementFile {
    private static final List<String> MANDATORY =
            List.of("id", "device", "instance_type", "model", "batch_size", "throughput", "latency_p50_ms");

    private static final String BUILT_IN = "the built-in table";

    private MeasurementFile() {}

    /**
     * The figures that AWS and two independent laboratories published for Inf1, Inf2 and Trn1, which every release is
     * calibrated on; each row names its source file and commit in the history of the Neuron documentation.
     */
    public static List<Measurement> builtIn() {
        return parse(BUILT_IN, builtInText());
    }

    /**
     * Those of them that were measured on a chip and have a word in their lines, of whatever case; no others are read,
     * which is many times faster.
     */
    public static List<Measurement> builtInWith(String device, String word) {
        String text = builtInText();
        String header = text.lines().findFirst().orElseThrow();
        return parse(BUILT_IN, text.lines()
                .filter(line -> line.equals(header)
                        || (line.contains("," + device + ",") && line.toLowerCase(Locale.ROOT).contains(word)))
                .collect(Collectors.joining("\n")));
    }

    private static String builtInText() {
        try (var in = Objects.requireNonNull(MeasurementFile.class.getResourceAsStream("measurements.csv"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a user's file; refuses a broken one in a line that names file, line and remedy. */
    public static List<Measurement> read(Path file) {
        return parse(file.toString(), SafeFiles.read(file));
    }

    private static List<Measurement> parse(String file, String text) {
        return CsvReader.rows(file, text, MANDATORY).stream()
                .map(row -> new MeasurementLine(file, row).measurement())
                .toList();
    }
}
