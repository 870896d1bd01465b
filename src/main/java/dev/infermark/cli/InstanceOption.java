package dev.infermark.cli;

import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import picocli.CommandLine.Option;

/** The one instance that a command is about. */
final class InstanceOption {
    @Option(
            names = "--instance",
            defaultValue = "inf2.xlarge",
            paramLabel = "NAME",
            description = "The instance type (default: ${DEFAULT-VALUE}).")
    private String name = "";

    /** The instance of that name; refuses one that is unknown. */
    Instance of(Catalog catalog) {
        return catalog.instance(name);
    }
}
