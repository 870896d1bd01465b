package dev.infermark.reader.hlo;

import dev.infermark.reader.file.ModelFile;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the annotations of an HLO text say of cores: {@code sharding={devices=[1,8]...}}. */
public final class HloShardings {
    private static final Pattern DEVICES = Pattern.compile("sharding=\\{devices=\\[(\\d{1,6}(?:,\\d{1,6}){0,15})]");

    /** Far more cores than any machine has; times another dimension it still is a long. */
    private static final long MOST = 1L << 40;

    private HloShardings() {}

    /** The most cores that a tensor of the file is divided among; none where no tensor is. */
    public static OptionalLong cores(Path path) {
        Matcher matcher = DEVICES.matcher(ModelFile.open(path).text());
        return matcher.results()
                .mapToLong(match -> Arrays.stream(match.group(1).split(",", -1))
                        .mapToLong(Long::parseLong)
                        .reduce(1, (a, b) -> Math.min(a * b, MOST)))
                .filter(cores -> cores > 1)
                .max();
    }
}
