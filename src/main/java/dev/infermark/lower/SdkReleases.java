package dev.infermark.lower;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Chip;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The releases of the Neuron SDK that are known, and the last one for chips that are no longer supported.
 *
 * @param newest the release that stands for the newest compiler: the last one whose published figures are complete
 * @param seen month in which figures of a release were first published, empty where none were
 * @param last last release for a chip, by the chip's name; a chip that is not here is supported by all
 */
public record SdkReleases(SdkVersion newest, Map<SdkVersion, String> seen, Map<String, SdkVersion> last) {

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
        SdkVersion end = last.getOrDefault(chip.name(), version);
        if (!end.isAtLeast(version)) {
            throw new UserError("the Neuron SDK " + version + " no longer supports " + chip.title()
                    + "; its last release is " + end);
        }
        return version;
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
            Map<String, SdkVersion> last = root.get("endings").valueStream().collect(Collectors.toMap(
                    node -> node.get("chip").asString(), node -> version(node, "last")));
            return new SdkReleases(version(root, "default"), seen, last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static SdkVersion version(JsonNode node, String key) {
        return SdkVersion.parse(node.get(key).asString());
    }

    private static final class BuiltIn {
        private static final SdkReleases RELEASES = read();
    }
}
