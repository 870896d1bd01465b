package dev.infermark.validate;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * Reads tables of measurements: CSV with a header, columns in any order, further columns ignored, blank cells where the
 * publication is silent.
 */
public final class MeasurementFile {
    private static final List<String> MANDATORY =
            List.of("id", "device", "instance_type", "model", "batch_size", "throughput", "latency_p50_ms");

    private static final CSVFormat FORMAT = CSVFormat.DEFAULT
            .builder()
            .setIgnoreEmptyLines(true)
            .setIgnoreSurroundingSpaces(true)
            .get();

    private MeasurementFile() {}

    /**
     * The figures that AWS and two independent laboratories published for Inf1, Inf2 and Trn1, which every release is
     * calibrated on; each row names its source file and commit in the history of the Neuron documentation.
     */
    public static List<Measurement> builtIn() {
        try (var in = Objects.requireNonNull(MeasurementFile.class.getResourceAsStream("measurements.csv"))) {
            return parse("the built-in table", new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The rows of a user's file; refuses a broken one in a line that names file, line and mend. */
    public static List<Measurement> read(Path file) {
        return parse(file.toString(), SafeFiles.read(file));
    }

    private static List<Measurement> parse(String file, String text) {
        List<Measurement> rows = new ArrayList<>();
        Map<String, Integer> columns = new HashMap<>();
        try (CSVParser parser = FORMAT.parse(new StringReader(text.startsWith("\uFEFF") ? text.substring(1) : text))) {
            for (CSVRecord line : parser) {
                if (columns.isEmpty()) {
                    columns.putAll(header(file, line));
                } else {
                    rows.add(new MeasurementLine(file, parser.getCurrentLineNumber(), columns, line).measurement());
                }
            }
        } catch (IOException | UncheckedIOException e) {
            throw new UserError(file + ": broken CSV: " + e.getMessage() + "; close every quote", e);
        }
        if (columns.isEmpty()) {
            throw new UserError(
                    file + ": is empty; give a header line with the columns " + String.join(", ", MANDATORY));
        }
        return List.copyOf(rows);
    }

    private static Map<String, Integer> header(String file, CSVRecord line) {
        Map<String, Integer> columns = new HashMap<>();
        for (int i = 0; i < line.size(); i++) {
            String name = line.get(i).toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && columns.put(name, i) != null) {
                throw new UserError(file + ":1: column " + name + " exists twice; remove one");
            }
        }
        for (String name : MANDATORY) {
            if (!columns.containsKey(name)) {
                throw new UserError(file + ":1: column " + name + " is missing; the columns "
                        + String.join(", ", MANDATORY) + " are needed, their cells may be blank");
            }
        }
        return columns;
    }
}
