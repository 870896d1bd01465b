package dev.infermark.report.regression;

import com.google.protobuf.ByteString;
import dev.infermark.regress.parse.Series;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;
import org.tensorflow.proto.Event;
import org.tensorflow.proto.Summary;
import org.tensorflow.proto.SummaryMetadata;

/**
 * Histories as a file of events that TensorBoard shows as scalars: a tag for each benchmark, a step for each run.
 *
 * <p>The messages are TensorFlow's own. Its framing of records has no JVM library that is kept: 8 bytes of length, its
 * checksum, the message, its checksum, all little-endian; a checksum is CRC-32C, rotated and shifted ("masked").
 */
public final class TensorBoardEvents {
    /** TensorBoard looks for files whose names hold {@code tfevents}; the same one is written anew each time. */
    public static final String FILE_NAME = "events.out.tfevents.0.infermark";

    private static final String VERSION = "brain.Event:2";
    private static final int MASK = 0xa282ead8;
    private static final int ROTATION = 15;

    private TensorBoardEvents() {}

    /** The bytes of the file; runs without a time have that of 1970. */
    public static byte[] write(List<Series> histories) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        record(out, Event.newBuilder().setFileVersion(VERSION).build());
        for (Series series : histories) {
            for (int step = 0; step < series.runs().size(); step++) {
                record(out, event(series, step));
            }
        }
        return out.toByteArray();
    }

    private static Event event(Series series, int step) {
        Series.Run run = series.runs().get(step);
        Summary.Value.Builder value = Summary.Value.newBuilder()
                .setTag(series.benchmark())
                .setSimpleValue((float) run.value());
        if (step == 0) {
            value.setMetadata(SummaryMetadata.newBuilder()
                    .setPluginData(SummaryMetadata.PluginData.newBuilder().setPluginName("scalars"))
                    .setSummaryDescription(series.unit() + ", " + series.direction().label() + " is better"));
        }
        return Event.newBuilder()
                .setWallTime(seconds(run.time()))
                .setStep(step)
                .setSummary(Summary.newBuilder().addValue(value))
                .build();
    }

    private static double seconds(Optional<Instant> time) {
        return time.map(Instant::getEpochSecond).orElse(0L);
    }

    private static void record(ByteArrayOutputStream out, Event event) {
        ByteString message = event.toByteString();
        byte[] length = little(Long.BYTES).putLong(message.size()).array();
        out.writeBytes(length);
        out.writeBytes(checksum(ByteBuffer.wrap(length)));
        out.writeBytes(message.toByteArray());
        out.writeBytes(checksum(message.asReadOnlyByteBuffer()));
    }

    private static byte[] checksum(ByteBuffer bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes);
        int masked = Integer.rotateRight((int) crc.getValue(), ROTATION) + MASK;
        return little(Integer.BYTES).putInt(masked).array();
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
