package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Instance;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.report.runtime.BucketReport;
import dev.infermark.runtime.bucket.Buckets;
import dev.infermark.runtime.bucket.LengthHistogram;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark buckets}: the lengths to compile a network for. */
@Command(
        mixinStandardHelpOptions = true,
        name = "buckets",
        description = "Finds the sequence lengths to compile for, so that padded requests take the least time.",
        footerHeading = "%nExample:%n",
        footer = "  infermark buckets bert-base-uncased --lengths src/examples/lengths.txt --count 4")
final class BucketsCommand implements Runnable {
    @Mixin
    private ModelOption model = new ModelOption();

    @Option(
            names = "--lengths",
            required = true,
            paramLabel = "FILE",
            description = "Lengths of requests in tokens, one on each line.")
    private Path lengths = Path.of("");

    @Option(
            names = "--count",
            defaultValue = "4",
            paramLabel = "N",
            description = "Most buckets; all numbers up to it are compared (default: ${DEFAULT-VALUE}).")
    private int count;

    @Mixin
    private InstanceOption chosen = new InstanceOption();

    @Mixin
    private WorkloadOptions workloadOptions = new WorkloadOptions();

    @Mixin
    private DeploymentOptions deployments = new DeploymentOptions();

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        if (count < 1) {
            throw new UserError("--count " + count + " asks for no bucket; give 1 or more");
        }
        Instance instance = chosen.of(hardware.catalog());
        LengthHistogram histogram = LengthHistogram.of(RequestLengths.read(lengths));
        ModelSource source = Models.find(model.name());
        Workload workload = workloadOptions.workload(source);
        CallTimes latency = new CallTimes(new Call(
                source,
                workload,
                UnknownOption.none(),
                parameters.quoter(),
                deployments.deployment(instance),
                deployments.precision(instance.chip().core(), workload.type())));
        List<Buckets> sets = Buckets.upTo(histogram, count, latency::seconds);
        var out = spec.commandLine().getOut();
        out.print(format.write(BucketReport.table(histogram, sets, latency::seconds)));
    }
}
