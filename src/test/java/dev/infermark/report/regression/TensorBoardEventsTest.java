package dev.infermark.report.regression;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.jmh.Direction;
import dev.infermark.regress.parse.Series;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.tensorflow.proto.Event;

class TensorBoardEventsTest {
    private static final Series SERIES = new Series(
            "TensorEngine.matmul",
            "ns/op",
            Direction.LOWER,
            List.of(
                    new Series.Run("1", "abc", Optional.of(Instant.ofEpochSecond(1_700_000_000)), 12.5),
                    new Series.Run("2", "abd", Optional.empty(), 13.25)));

    /** What TensorBoard 2.21's own RecordWriter makes of the version. */
    private static final String VERSION_RECORD = "0f000000000000006d532b091a0d627261696e2e4576656e743a32fc985129";

    @Test
    void beginsWithTheVersionFramedAsTensorBoardFramesIt() {
        byte[] file = TensorBoardEvents.write(List.of());
        assertArrayEquals(HexFormat.of().parseHex(VERSION_RECORD), file);
    }

    @Test
    void holdsAStepForEachRun() throws Exception {
        List<Event> events = read(TensorBoardEvents.write(List.of(SERIES, SERIES)));

        assertEquals(5, events.size());
        assertEquals("brain.Event:2", events.getFirst().getFileVersion());
        Event first = events.get(1);
        assertEquals(1_700_000_000, first.getWallTime());
        assertEquals("TensorEngine.matmul", first.getSummary().getValue(0).getTag());
        assertEquals(12.5f, first.getSummary().getValue(0).getSimpleValue());
        assertTrue(first.getSummary().getValue(0).getMetadata().getSummaryDescription().startsWith("ns/op"));
        assertEquals(1, events.get(2).getStep());
        assertEquals(13.25f, events.get(2).getSummary().getValue(0).getSimpleValue());
    }

    private static List<Event> read(byte[] file) throws Exception {
        ByteBuffer buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        List<Event> events = new ArrayList<>();
        while (buffer.hasRemaining()) {
            byte[] message = new byte[Math.toIntExact(buffer.getLong())];
            buffer.getInt();
            buffer.get(message);
            buffer.getInt();
            events.add(Event.parseFrom(message));
        }
        return events;
    }
}
