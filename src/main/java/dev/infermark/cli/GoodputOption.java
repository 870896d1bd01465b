package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.plan.Limit;
import dev.infermark.plan.Measure;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The times that text generation must keep, written as vLLM's benchmark has them. */
final class GoodputOption {
    @Option(
            names = "--goodput",
            paramLabel = "TIMES",
            description = "The most that text generation may take: ttft:300,tpot:50, in ms; one of them suffices.")
    private @Nullable String goodput;

    /** The times, none where nothing was asked. */
    List<Limit> limits() {
        List<Limit> limits = new ArrayList<>();
        if (goodput != null) {
            for (String part : goodput.split(",", -1)) {
                limits.add(limit(part.strip()));
            }
        }
        return limits;
    }

    private static Limit limit(String part) {
        int colon = part.indexOf(':');
        Measure measure = switch (colon < 0 ? "" : part.substring(0, colon)) {
            case "ttft" -> Measure.TTFT;
            case "tpot" -> Measure.TPOT;
            default -> throw unreadable(part);
        };
        try {
            return new Limit(measure, new Units.Duration().convert(part.substring(colon + 1).strip()));
        } catch (TypeConversionException e) {
            throw unreadable(part);
        }
    }

    private static UserError unreadable(String part) {
        return new UserError("--goodput cannot be read at '" + part + "'; write it as ttft:300,tpot:50, in ms");
    }
}
