package dev.infermark.cli;

import dev.infermark.hardware.Catalog;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The {@code --hardware} with which users add chips, instances and prices of their own. */
final class HardwareOption {
    @Option(
            names = "--hardware",
            paramLabel = "FILE",
            description = "JSON file with further chips, instances and prices.")
    private @Nullable Path file;

    Catalog catalog() {
        return file == null ? Catalog.builtIn() : Catalog.builtIn().with(file);
    }
}
