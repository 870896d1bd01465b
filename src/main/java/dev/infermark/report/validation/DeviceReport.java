package dev.infermark.report.validation;

import dev.infermark.base.Counted;
import dev.infermark.base.NumberKind;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.validate.device.DeviceErrors;
import dev.infermark.validate.device.DeviceProfile.Observed;
import dev.infermark.validate.device.DeviceProfiles.Answer;
import dev.infermark.validate.device.DeviceProfiles.Predicted;
import dev.infermark.validate.device.DeviceProfiles.Refused;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Profiles of language models without their host, published beside modelled. */
public final class DeviceReport {
    private static final Cell NONE = new Cell.Missing("");

    private DeviceReport() {}

    /** Two lines per model, of its prefill and of a step of its decoding; those that are refused say why. */
    public static Table table(List<Answer> answers) {
        List<Column> columns = List.of(
                Column.plain("model", "Model"),
                Column.plain("phase", "Phase"),
                Column.plain("tensor_parallel", "Cores"),
                Column.plain("tokens", "Tokens"),
                Column.result("published_ms", "Device time", "ms", NumberKind.PUBLISHED),
                Column.modelled("modelled_ms", "Device time", "ms"),
                Column.modelled("error_percent", "Error", "%"),
                Column.result("published_read_gb", "Read", "GB", NumberKind.PUBLISHED),
                Column.modelled("modelled_read_gb", "Read", "GB"),
                Column.modelled("read_error_percent", "Error of bytes", "%"),
                Column.result("published_utilisation_percent", "Of peak", "%", NumberKind.PUBLISHED),
                Column.modelled("modelled_utilisation_percent", "Of peak", "%"),
                Column.plain("source", "Source"),
                Column.plain("refused_because", "Refused because"));
        return new Table(columns, answers.stream().flatMap(DeviceReport::rows).toList());
    }

    /** The errors, a line each. */
    public static String summary(List<Answer> answers) {
        return DeviceErrors.of(answers).stream()
                .map(each -> String.format(
                        Locale.ROOT,
                        "%s, %s, %s: %s, mean error %.1f %%, median %.1f %%, worst %.1f %%%s",
                        each.name(),
                        each.quantity(),
                        each.protocol().label(),
                        Counted.of(each.errors().count(), "profile"),
                        100 * each.errors().mean(),
                        100 * each.errors().median(),
                        100 * each.errors().worst(),
                        each.meanGoalPercent().isPresent()
                                ? String.format(Locale.ROOT, " (goal %.0f %%)", each.meanGoalPercent().getAsDouble())
                                : ""))
                .collect(Collectors.joining("\n"));
    }

    private static Stream<List<Cell>> rows(Answer answer) {
        return switch (answer) {
            case Predicted predicted -> Stream.of(
                    row(predicted, "prefill", predicted.published().prefill(), predicted.prefill()),
                    row(predicted, "decode", predicted.published().decode(), predicted.decode()));
            case Refused refused -> Stream.of(List.of(
                    Cell.of(refused.model()), NONE, NONE, NONE, NONE, new Cell.Missing("refused"), NONE, NONE, NONE,
                    NONE, NONE, NONE, Cell.of(refused.source()), Cell.of(refused.reason())));
        };
    }

    private static List<Cell> row(Predicted answer, String phase, Observed published, Observed modelled) {
        return List.of(
                Cell.of(answer.model()),
                Cell.of(phase),
                Cell.of((long) answer.published().degree()),
                Cell.of(answer.published().tokens()),
                Cell.of(1e3 * published.seconds()),
                Cell.of(1e3 * modelled.seconds()),
                error(published.seconds(), modelled.seconds()),
                Cell.of(published.readBytes() / 1e9),
                Cell.of(modelled.readBytes() / 1e9),
                error(published.readBytes(), modelled.readBytes()),
                new Cell.Quantity(100 * published.utilisation(), 2),
                new Cell.Quantity(100 * modelled.utilisation(), 2),
                Cell.of(answer.source()),
                NONE);
    }

    private static Cell error(double published, double modelled) {
        return new Cell.Quantity(100 * (modelled / published - 1), 3);
    }
}
