package dev.infermark.deploy.pipeline;

import dev.infermark.hardware.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a pipeline adds to its cores.
 *
 * @param hop from the end of one core's work to the start of the next one's, its activations included
 */
record PipelineFigures(Figure hop) {

    static PipelineFigures builtIn() {
        try (var in = Objects.requireNonNull(PipelineFigures.class.getResourceAsStream("pipeline.json"))) {
            return JsonMapper.shared().readValue(in, PipelineFigures.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
