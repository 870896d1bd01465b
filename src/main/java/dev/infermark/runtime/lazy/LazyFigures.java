package dev.infermark.runtime.lazy;

import dev.infermark.hardware.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * What lazy tensors cost beside the program that they run.
 *
 * @param dispatch of each call: the graph is recorded anew and looked up
 * @param fetch of the first call of a shape whose program lies on disk
 */
public record LazyFigures(Figure dispatch, Figure fetch) {

    /** The figures that come with this release. */
    public static LazyFigures builtIn() {
        try (var in = Objects.requireNonNull(LazyFigures.class.getResourceAsStream("lazy.json"))) {
            return JsonMapper.shared().readValue(in, LazyFigures.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
