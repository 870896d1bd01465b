package dev.infermark.lower;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Chip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The releases of the Neuron SDK that are known, and what each of them supports.
 *
 * @param newest the release that stands for the newest compiler: the last one whose published figures are complete
 * @param seen month in which figures of a release were first published, empty where none were
 * @param support which of them run what
 */
public record SdkReleases(SdkVersion newest, Map<SdkVersion, String> seen, List<SdkSupport> support) {

    /** Copies the list. */
    public SdkReleases {
        support = List.copyOf(support);
    }

    /** The releases that come with this version. */
    public static SdkReleases builtIn() {
        return BuiltIn.RELEASES;
    }

    /**
     * The release that a user named, for a chip.
     *
     * @throws UserError when there is no such release, or it does not support the chip
     */
    public SdkVersion require(String text, Chip chip) {
        SdkVersion version = SdkVersion.parse(text);
        if (!seen.containsKey(version)) {
            throw new UserError("the Neuron SDK " + version + " is not known; use one of " + seen.keySet().stream()
                    .map(SdkVersion::toString)
                    .collect(Collectors.joining(", ")));
        }
        requireSupport(version, chip, SdkSupport.Kind.ENCODING);
        return version;
    }

    /**
     * Refuses a release under which a kind of network does not run on a chip; chips of a user's own run under all.
     *
     * @throws UserError naming the chip's first and last release
     */
    public void requireSupport(SdkVersion version, Chip chip, SdkSupport.Kind kind) {
        List<SdkSupport> ofChip = support.stream()
                .filter(line -> line.chip().equals(chip.name()) && line.kind() == kind)
                .toList();
        if (version.equals(SdkVersion.NEWEST)
                || ofChip.isEmpty()
                || ofChip.stream().anyMatch(line -> line.includes(version))) {
            return;
        }
        SdkVersion first = ofChip.stream().map(SdkSupport::first).min(Comparator.naturalOrder()).orElseThrow();
        boolean isEarly = !version.isAtLeast(first);
        SdkVersion bound = isEarly
                ? first
                : ofChip.stream().flatMap(line -> line.last().stream()).max(Comparator.naturalOrder()).orElseThrow();
        String what = kind == SdkSupport.Kind.GENERATION ? " for text generation" : "";
        throw new UserError("the Neuron SDK " + version + (isEarly ? " does not yet support " : " no longer supports ")
                + chip.title() + what + "; its " + (isEarly ? "first" : "last") + " release is " + bound);
    }

    /** What a release is called where people read it; the default says which release's figures it stands on. */
    public String label(SdkVersion version) {
        return version.equals(SdkVersion.NEWEST) ? newest + ", data of " + seen.get(newest) : version.toString();
    }

    private static SdkReleases read() {
        try (InputStream in = SdkReleases.class.getResourceAsStream("sdk-releases.json")) {
            JsonNode root = JsonMapper.shared().readTree(Objects.requireNonNull(in));
            Map<SdkVersion, String> seen = new TreeMap<>();
            root.get("releases")
                    .forEach(node -> seen.put(version(node, "release"), node.path("seen").asString("")));
            List<SdkSupport> support =
                    root.get("support").valueStream().map(SdkReleases::support).toList();
            return new SdkReleases(version(root, "default"), seen, support);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SdkSupport support(JsonNode node) {
        return new SdkSupport(
                node.get("chip").asString(),
                node.get("framework").asString(),
                SdkSupport.Kind.valueOf(node.get("kind").asString()),
                version(node, "first"),
                node.has("last") ? Optional.of(version(node, "last")) : Optional.empty(),
                node.get("source").asString());
    }

    private static SdkVersion version(JsonNode node, String key) {
        return SdkVersion.parse(node.get(key).asString());
    }

    private static final class BuiltIn {
        private static final SdkReleases RELEASES = read();
    }
}
