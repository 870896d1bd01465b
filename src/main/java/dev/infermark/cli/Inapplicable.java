package dev.infermark.cli;

import dev.infermark.base.UserError;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** Refuses options that would change nothing, because a network generates text or because it is called once. */
final class Inapplicable {
    private static final String NONE = "leave it out";

    /** Options of one call, and what text generation has instead. */
    private static final Map<String, String> OF_ONE_CALL = Map.ofEntries(
            Map.entry("--sequence-length", "leave it out, or give --input-length"),
            Map.entry("--target-length", "leave it out, or give --output-length"),
            Map.entry("--cached-tokens", "leave it out, or give --input-length"),
            Map.entry("--cores", "leave it out, or give --tensor-parallel"),
            Map.entry("--workers", "leave it out, or give --batch"),
            Map.entry("--data-type", "leave it out, or give --weight-type"),
            Map.entry("--auto-cast", NONE),
            Map.entry("--auto-cast-type", NONE),
            Map.entry("--image-size", NONE),
            Map.entry("--prompts", NONE),
            Map.entry("--head", NONE));

    private static final Set<String> OF_TEXT = Set.of("--runtime", "--weight-type", "--compiled-length");

    private Inapplicable() {}

    /** Refuses what says nothing about the generation of text. */
    static void refuseForText(ParseResult given) {
        first(given, OF_ONE_CALL.keySet()).ifPresent(name -> {
            throw new UserError(name + " is for one call and changes nothing of text generation; "
                    + OF_ONE_CALL.get(name));
        });
    }

    /** Refuses what says nothing about a network that runs once per call. */
    static void refuseForOneCall(ParseResult given) {
        first(given, OF_TEXT).ifPresent(name -> {
            throw new UserError(name + " is for text generation; give --output-length too, or " + NONE);
        });
    }

    private static Optional<String> first(ParseResult given, Set<String> options) {
        return given.matchedOptions().stream()
                .map(OptionSpec::longestName)
                .filter(options::contains)
                .findFirst();
    }
}
