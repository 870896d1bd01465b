package dev.infermark.cli;

import dev.infermark.hardware.Catalog;
import dev.infermark.report.blog.BlogReport;
import dev.infermark.validate.blog.HeldOutBlog;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code infermark blog}: the blog's table. */
@Command(
        name = "blog",
        mixinStandardHelpOptions = true,
        description = "Prints the table of the AWS blog post: published, modelled, error, cost.")
final class BlogCommand implements Runnable {
    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        List<HeldOutBlog.Answer> answers = HeldOutBlog.take(Catalog.builtIn(), parameters.quoter());
        spec.commandLine().getOut().print(text(answers));
    }

    private String text(List<HeldOutBlog.Answer> answers) {
        return switch (format.format) {
            case CSV, JSON, NEURONPERF -> format.write(BlogReport.table(answers));
            case TABLE, MARKDOWN -> Stream.of(
                            BlogReport.latency(answers),
                            BlogReport.throughputAndCost(answers),
                            BlogReport.improvement(answers))
                    .map(format::write)
                    .collect(Collectors.joining("\n", "", "\n" + BlogReport.verdict(answers) + "\n"));
        };
    }
}
