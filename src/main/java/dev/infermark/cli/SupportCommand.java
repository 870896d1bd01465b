package dev.infermark.cli;

import dev.infermark.lower.SdkReleases;
import dev.infermark.lower.SdkSupport;
import dev.infermark.lower.SdkVersion;
import dev.infermark.report.table.Cell;
import dev.infermark.report.table.Column;
import dev.infermark.report.table.Table;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code infermark support}: which releases of the Neuron SDK run what. */
@Command(
        mixinStandardHelpOptions = true,
        name = "support",
        description = "Prints which releases of the Neuron SDK run which kinds of networks on which chips; others are "
                + "refused.")
final class SupportCommand implements Runnable {
    private static final List<Column> COLUMNS = List.of(
            Column.plain("chip", "Chip"),
            Column.plain("framework", "Framework"),
            Column.plain("kind", "Kind of network"),
            Column.plain("first_release", "First release"),
            Column.plain("last_release", "Last release"),
            Column.plain("source", "Source"));

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        Table table = new Table(
                COLUMNS,
                SdkReleases.builtIn().support().stream().map(SupportCommand::cells).toList());
        spec.commandLine().getOut().print(format.write(table));
    }

    private static List<Cell> cells(SdkSupport line) {
        return List.of(
                Cell.of(line.chip()),
                Cell.of(line.framework()),
                Cell.of(line.kind().title()),
                Cell.of(line.first().toString()),
                Cell.of(line.last().map(SdkVersion::toString).orElse("")),
                Cell.of(line.source()));
    }
}
