package dev.infermark.regress.parse;

import dev.infermark.base.UserError;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a run was measured, as histories write it. */
public final class RunTime {
    private static final Pattern SECONDS = Pattern.compile("\\d{1,11}");
    /** A date with other separators, and blanks where ISO 8601 has a T or nothing, as Git, Otava and pandas write. */
    private static final Pattern LOOSE =
            Pattern.compile("(\\d{4})([-./])(\\d{2})\\2(\\d{2})[ T]([\\d:.,]+) ?(UTC|Z|[-+]\\d{2}:?\\d{2})?");
    private static final DateTimeFormatter ISO = new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .append(DateTimeFormatter.ISO_LOCAL_DATE)
            .optionalStart()
            .appendLiteral('T')
            .append(DateTimeFormatter.ISO_LOCAL_TIME)
            .optionalStart()
            .appendOffset("+HH:MM:ss", "Z")
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .toFormatter(Locale.ROOT)
            .withResolverStyle(ResolverStyle.STRICT);

    private RunTime() {}

    /**
     * The instant: ISO 8601 or nearly so, which counts as UTC where it names no offset, or seconds since 1970.
     *
     * @param place where the text stands, for the refusal of what is no time
     */
    public static Instant read(String text, String place) {
        try {
            if (SECONDS.matcher(text).matches()) {
                return Instant.ofEpochSecond(Long.parseLong(text));
            }
            TemporalAccessor time =
                    ISO.parseBest(iso(text), OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
            return switch (time) {
                case OffsetDateTime exact -> exact.toInstant();
                case LocalDateTime local -> local.toInstant(ZoneOffset.UTC);
                default -> LocalDate.from(time).atStartOfDay().toInstant(ZoneOffset.UTC);
            };
        } catch (DateTimeException e) {
            throw new UserError(place + ": '" + text + "' is no time: write it as 2026-01-31T12:00:00Z", e);
        }
    }

    private static String iso(String text) {
        Matcher parts = LOOSE.matcher(text);
        if (!parts.matches()) {
            return text;
        }
        String offset = parts.group(6) == null ? "" : parts.group(6).replace("UTC", "Z");
        return parts.group(1) + "-" + parts.group(3) + "-" + parts.group(4) + "T" + parts.group(5) + offset;
    }
}
