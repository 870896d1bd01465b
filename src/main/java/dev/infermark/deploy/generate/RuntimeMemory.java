package dev.infermark.deploy.generate;

import dev.infermark.hardware.Figure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/**
 * What the runtime takes of a core's memory whatever the network, on the first core of a group and on the others.
 *
 * @param code compiled programs
 * @param rings descriptors of the DMA engines
 * @param collectives buffers of the exchanges
 * @param firstCode code on the first core
 * @param firstRings rings on the first core
 * @param firstCollectives collectives on the first core
 * @param runtime what no other class holds
 */
record RuntimeMemory(
        Figure code,
        Figure rings,
        Figure collectives,
        Figure firstCode,
        Figure firstRings,
        Figure firstCollectives,
        Figure runtime) {

    static RuntimeMemory builtIn() {
        return BuiltIn.MEMORY;
    }

    /** Read once. */
    private static final class BuiltIn {
        private static final RuntimeMemory MEMORY = read();
    }

    private static RuntimeMemory read() {
        try (var in = Objects.requireNonNull(RuntimeMemory.class.getResourceAsStream("runtime-memory.json"))) {
            return JsonMapper.shared().readValue(in, RuntimeMemory.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
