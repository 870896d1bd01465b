package dev.infermark.cli;

import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.Spec;

/** {@code infermark man}: the manual page, made from what the commands say of themselves. */
@Command(
        mixinStandardHelpOptions = true,
        name = "man",
        description = "Prints the manual page of all commands, in the roff of man(1).")
final class ManCommand implements Runnable {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        CommandLine all = Infermark.commandLine();
        PrintWriter out = spec.commandLine().getOut();
        out.println(".TH INFERMARK 1");
        out.println(".SH NAME");
        out.println("infermark \\- " + escaped(text(all.getCommandSpec().usageMessage().description())));
        out.println(".SH SYNOPSIS");
        out.println(".B infermark\n.I COMMAND\n[\\fIOPTION\\fR]...");
        out.println(".SH COMMANDS");
        all.getSubcommands().forEach((name, command) -> describe(out, "infermark " + name, command));
        out.println(".SH EXAMPLES\n.nf");
        out.println(escaped(text(all.getCommandSpec().usageMessage().footer())));
        out.println(".fi");
    }

    private static void describe(PrintWriter out, String name, CommandLine command) {
        CommandSpec of = command.getCommandSpec();
        out.println(".SS \"" + escaped(name) + "\"");
        out.println(escaped(text(of.usageMessage().description())));
        for (PositionalParamSpec positional : of.positionalParameters()) {
            if (!positional.hidden()) {
                entry(out, "\\fI" + escaped(positional.paramLabel()) + "\\fR", positional);
            }
        }
        for (OptionSpec option : of.options()) {
            if (!option.hidden()) {
                entry(
                        out,
                        "\\fB" + escaped(String.join(", ", List.of(option.names()))) + "\\fR" + value(option),
                        option);
            }
        }
        command.getSubcommands().forEach((sub, below) -> describe(out, name + " " + sub, below));
    }

    private static void entry(PrintWriter out, String title, ArgSpec argument) {
        out.println(".TP\n" + title);
        out.println(escaped(text(argument.description())));
    }

    private static String value(OptionSpec option) {
        return option.arity().max() == 0 ? "" : " \\fI" + escaped(option.paramLabel()) + "\\fR";
    }

    private static String text(String... lines) {
        return String.join("\n", lines).replace("%n", "\n").replace("%%", "%").strip();
    }

    /** Plain text as roff: no line of it is a request, no character of it an escape. */
    private static String escaped(String text) {
        return text.replace("\\", "\\e")
                .replace("-", "\\-")
                .replaceAll("(?m)^([.'])", "\\\\&$1");
    }
}
