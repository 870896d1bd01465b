package dev.infermark.cli;

import dev.infermark.base.UserError;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The model that a command is about, as an option or as the only argument. */
final class ModelOption {
    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "A built-in name (see 'infermark models') or a model file.")
    private @Nullable String option;

    @Parameters(arity = "0..1", paramLabel = "MODEL", description = "The same as --model.")
    private @Nullable String argument;

    String name() {
        if (option != null && argument != null) {
            throw new UserError("two models are named, " + option + " and " + argument + "; name one");
        }
        String name = option == null ? argument : option;
        if (name == null || name.isBlank()) {
            throw new UserError("no model is named; give --model a name or file, for example bert-large-uncased");
        }
        return name;
    }
}
