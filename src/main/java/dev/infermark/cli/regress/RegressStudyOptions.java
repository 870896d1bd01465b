package dev.infermark.cli.regress;

import dev.infermark.base.UserError;
import dev.infermark.cli.FormatOption;
import dev.infermark.report.table.Table;
import java.io.PrintWriter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** How large a study is and what it injects; the same for generated and for measured data. */
final class RegressStudyOptions {
    @Option(
            names = "--suites",
            defaultValue = "500",
            paramLabel = "N",
            description = "Suites to judge (default: ${DEFAULT-VALUE}).")
    private int suites;

    @Option(
            names = "--histories",
            defaultValue = "1000",
            paramLabel = "N",
            description = "Histories of each kind to search (default: ${DEFAULT-VALUE}).")
    private int histories;

    @Option(
            names = "--change",
            defaultValue = "10",
            paramLabel = "PERCENT",
            description = "Slowdown to inject into suites (default: ${DEFAULT-VALUE}).")
    private double change;

    @Option(
            names = "--seed",
            defaultValue = "1",
            paramLabel = "N",
            description = "Seed of all chance (default: ${DEFAULT-VALUE}).")
    private long seed;

    @Mixin
    private FormatOption format = new FormatOption();

    int suites() {
        return positive("--suites", suites);
    }

    int histories() {
        return positive("--histories", histories);
    }

    private static int positive(String name, int count) {
        if (count < 1) {
            throw new UserError(name + " " + count + ": give a number from 1 on");
        }
        return count;
    }

    double change() {
        return change / 100;
    }

    long seed() {
        return seed;
    }

    /** Prints one table. */
    void print(PrintWriter out, Table table) {
        out.print(format.write(table));
    }

    /** Prints both tables. */
    void print(PrintWriter out, Table gate, Table history) {
        out.print(format.write(gate));
        out.println();
        out.print(format.write(history));
    }
}
