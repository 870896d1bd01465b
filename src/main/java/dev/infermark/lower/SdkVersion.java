package dev.infermark.lower;

import com.fasterxml.jackson.annotation.JsonCreator;
import dev.infermark.base.UserError;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A release of the Neuron SDK.
 *
 * @param major such as 2 in 2.14
 * @param minor such as 14 in 2.14
 * @param patch such as 1 in 2.14.1, else 0
 */
public record SdkVersion(int major, int minor, int patch) implements Comparable<SdkVersion> {
    private static final Pattern NUMBERS =
            Pattern.compile("(?<![\\d.-])(\\d{1,3})\\.(\\d{1,3})(?:\\.(\\d{1,3}))?");

    private static final Comparator<SdkVersion> ORDER = Comparator.comparingInt(SdkVersion::major)
            .thenComparingInt(SdkVersion::minor)
            .thenComparingInt(SdkVersion::patch);

    /** A release later than every other: what the newest compiler does. */
    public static final SdkVersion NEWEST = new SdkVersion(Integer.MAX_VALUE, 0);

    /** A release without patches. */
    public SdkVersion(int major, int minor) {
        this(major, minor, 0);
    }

    /** The first version that a text such as {@code 2.14.0} or {@code 1.12.x-1.13.x} names; empty when none does. */
    public static Optional<SdkVersion> find(String text) {
        Matcher matcher = NUMBERS.matcher(text);
        if (!matcher.find()) {
            return Optional.empty();
        }
        String patch = matcher.group(3);
        return Optional.of(new SdkVersion(
                Integer.parseInt(matcher.group(1)),
                Integer.parseInt(matcher.group(2)),
                patch == null ? 0 : Integer.parseInt(patch)));
    }

    /** The version that a user or a file of parameters wrote; refuses a text without one. */
    @JsonCreator
    public static SdkVersion parse(String text) {
        return find(text).orElseThrow(() ->
                new UserError("'" + text + "' is no version of the Neuron SDK; write it as 2.14"));
    }

    /** Whether this release is the other or a later one. */
    public boolean isAtLeast(SdkVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(SdkVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return equals(NEWEST) ? "newest" : major + "." + minor + (patch == 0 ? "" : "." + patch);
    }
}
