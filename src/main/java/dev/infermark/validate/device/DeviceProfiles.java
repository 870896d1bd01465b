package dev.infermark.validate.device;

import dev.infermark.csv.CsvReader;
import dev.infermark.csv.CsvRow;
import dev.infermark.hardware.Catalog;
import dev.infermark.lower.shard.AttentionShape;
import dev.infermark.lower.shard.BlockShape;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.lower.shard.TransformerShape.Repeated;
import dev.infermark.lower.shard.WeightShape;
import dev.infermark.simulate.Calibrations;
import dev.infermark.validate.device.DeviceProfile.Observed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The published profiles of language models on Trainium1, whose cores Inferentia2 has too. */
public final class DeviceProfiles {
    private static final String FILE = "device-profiles.csv";
    private static final double MILLI = 1e-3;
    private static final double GIGA = 1e9;

    private DeviceProfiles() {}

    /** What the model says of a published profile. */
    public sealed interface Answer {
        /** The network. */
        String model();

        /** Where the profile was published. */
        String source();
    }

    /**
     * A profile with its prediction.
     *
     * @param model the network
     * @param source where the profile was published
     * @param published the profile
     * @param prefill the modelled prefill
     * @param decode the modelled step of decoding
     */
    public record Predicted(String model, String source, DeviceProfile published, Observed prefill, Observed decode)
            implements Answer {}

    /**
     * A profile that is not predicted.
     *
     * @param model the network
     * @param source where the profile was published
     * @param reason why not
     */
    public record Refused(String model, String source, String reason) implements Answer {}

    /** Predicts or refuses every published profile, in the order of the table. */
    public static List<Answer> take(Catalog catalog, Calibrations calibrations) {
        return rows().stream().map(row -> answer(row, catalog, calibrations)).toList();
    }

    private static List<CsvRow> rows() {
        try (var in = Objects.requireNonNull(DeviceProfiles.class.getResourceAsStream(FILE))) {
            return CsvReader.rows(FILE, new String(in.readAllBytes(), StandardCharsets.UTF_8), List.of("model"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Answer answer(CsvRow row, Catalog catalog, Calibrations calibrations) {
        String model = row.required("model");
        String source = row.required("source");
        String reason = row.text("not_compared");
        if (!reason.isEmpty()) {
            return new Refused(model, source, reason);
        }
        DeviceProfile profile = new DeviceProfile(
                shape(row),
                (int) number(row, "tensor_parallel"),
                number(row, "batch_size"),
                number(row, "tokens"),
                observed(row, "prefill", "mfu"),
                observed(row, "decode", "mbu"));
        DeviceModel device = new DeviceModel(catalog.instance(row.required("instance_type")), calibrations);
        return new Predicted(model, source, profile, device.prefill(profile), device.decode(profile));
    }

    private static Observed observed(CsvRow row, String phase, String utilisation) {
        return new Observed(
                MILLI * row.requiredNumber(phase + "_ms"),
                GIGA * row.requiredNumber(phase + "_read_gb"),
                row.requiredNumber(phase + "_" + utilisation));
    }

    private static TransformerShape shape(CsvRow row) {
        long hidden = number(row, "hidden");
        long intermediate = number(row, "intermediate");
        AttentionShape attention = new AttentionShape(
                AttentionShape.Kind.SELF,
                hidden,
                number(row, "heads"),
                number(row, "key_value_heads"),
                number(row, "head_width"));
        List<WeightShape> feedForward = new ArrayList<>();
        for (int i = 1; i < number(row, "feed_forward_matrices"); i++) {
            feedForward.add(new WeightShape(WeightShape.Split.COLUMNS, hidden, intermediate));
        }
        feedForward.add(new WeightShape(WeightShape.Split.ROWS, intermediate, hidden));
        BlockShape block = new BlockShape(List.of(attention), feedForward);
        return new TransformerShape(
                row.required("model"),
                List.of(),
                List.of(new Repeated(block, (int) number(row, "layers"))),
                number(row, "vocabulary"),
                hidden,
                0);
    }

    private static long number(CsvRow row, String column) {
        return (long) row.requiredNumber(column);
    }
}
