package dev.infermark.cli;

import dev.infermark.kernel.gpsimd.CustomOperators;
import dev.infermark.lower.CustomSupport;
import java.util.Set;
import picocli.CommandLine.Option;

/** Which operators that nobody modelled are let through. */
final class UnknownOption {
    @Option(
            names = "--allow-unknown",
            paramLabel = "OPERATOR",
            description = "Cost this unmodelled operator as data movement only; may be repeated.")
    private Set<String> allowed = Set.of();

    /** The user's operators on the class path, and those that were let through. */
    CustomSupport support() {
        return new CustomSupport(CustomOperators.registered(), allowed);
    }

    /** The user's operators on the class path; all others that nobody modelled are refused. */
    static CustomSupport none() {
        return new CustomSupport(CustomOperators.registered(), Set.of());
    }
}
