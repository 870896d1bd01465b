package dev.infermark.report.plan;

import dev.infermark.plan.Migration;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import dev.infermark.report.table.TableFormat;
import java.util.List;
import java.util.Locale;

/** What a move to another instance brings, as a table and in a sentence. */
public final class MigrationReport {
    private MigrationReport() {}

    /** A row for each goal that a user can have. */
    public static Table table(Migration migration) {
        return new Table(
                List.of(
                        Column.plain("goal", "Goal"),
                        Column.modelled("from", migration.from(), ""),
                        Column.modelled("to", migration.to(), ""),
                        Column.modelled("times_better", "Times better", ""),
                        Column.modelled("verdict", "Verdict", ""),
                        Column.plain("from_setup", "How, on " + migration.from()),
                        Column.plain("to_setup", "How, on " + migration.to())),
                migration.goals().stream()
                        .map(goal -> List.of(
                                Cell.of(goal.name()),
                                Cell.of(goal.from()),
                                Cell.of(goal.to()),
                                Cell.of(goal.timesBetter()),
                                Cell.of(verdict(migration, goal)),
                                Cell.of(goal.fromSetup().toString()),
                                Cell.of(goal.toSetup().toString())))
                        .toList());
    }

    /** The answer in a line for each goal. */
    public static String answer(Migration migration) {
        StringBuilder lines = new StringBuilder();
        for (Migration.Goal goal : migration.goals()) {
            lines.append(String.format(
                    Locale.ROOT, "%s: %s on %s, %s on %s: %s%n", goal.name(), shown(goal.from()), migration.from(),
                    shown(goal.to()), migration.to(), verdict(migration, goal)));
        }
        return lines.toString();
    }

    private static String verdict(Migration migration, Migration.Goal goal) {
        return switch (goal.verdict()) {
            case MOVE -> migration.to() + " is better, " + shown(goal.timesBetter()) + " times";
            case STAY -> migration.from() + " stays better, " + shown(1 / goal.timesBetter()) + " times";
            case TIE -> "a tie within the 90 % interval";
        };
    }

    private static String shown(double value) {
        return TableFormat.forPeople(new Cell.Quantity(value, 3));
    }
}
