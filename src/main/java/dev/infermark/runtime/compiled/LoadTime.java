package dev.infermark.runtime.compiled;

import dev.infermark.hardware.Chip;
import dev.infermark.hardware.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * The bounds of the time that a copy takes to load, by arithmetic on documented and published figures.
 *
 * @param leastSeconds its weights over the host's link
 * @param mostSeconds its weights as slowly as the published load, which reads them from disk and starts the runtime
 */
public record LoadTime(double leastSeconds, double mostSeconds) {

    /** A load that was published. */
    private record Published(Figure size, Figure time) {}

    /** The bounds for so many bytes. */
    public static LoadTime of(long bytes, Chip chip) {
        try (var in = Objects.requireNonNull(LoadTime.class.getResourceAsStream("load-time.json"))) {
            Published load = JsonMapper.shared().readValue(in, Published.class);
            return new LoadTime(
                    bytes / chip.host().bytesPerSecond(), bytes * load.time().base() / load.size().base());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
