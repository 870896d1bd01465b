package dev.infermark.cli.regress;

import picocli.CommandLine.Command;

/** {@code infermark regress}: regression tracking, one sub-command per question. */
@Command(
        name = "regress",
        description = "Tells whether benchmarks or predictions changed.",
        mixinStandardHelpOptions = true,
        subcommands = {
            RegressGateCommand.class,
            RegressAbCommand.class,
            RegressHistoryCommand.class,
            RegressPredictionsCommand.class,
            RegressEvaluateCommand.class,
            RegressStudyCommand.class
        },
        footerHeading = "%nExit status:%n",
        footer = {
            "  0  fine",
            "  1  regression, or a changed prediction",
            "  2  something to fix in the command or its files",
            "  3  the data cannot tell",
            "  4  a run is broken: empty, cut, or a benchmark vanished"
        })
public final class RegressCommand {
    private RegressCommand() {}
}
