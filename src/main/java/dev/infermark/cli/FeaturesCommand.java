package dev.infermark.cli;

import dev.infermark.report.blog.FeatureTable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code infermark features}: what the two PyTorch integrations have, and what is modelled of it. */
@Command(
        mixinStandardHelpOptions = true,
        name = "features",
        description = "Lists the blog's features of torch-neuron (Inf1) and torch-neuronx (Inf2) with what is modelled "
                + "of each.")
final class FeaturesCommand implements Runnable {
    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine().getOut().print(format.write(FeatureTable.table()));
    }
}
