package dev.infermark.cli;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.report.hardware.CollectivesReport;
import dev.infermark.report.table.Table;
import dev.infermark.simulate.collective.Algorithm;
import dev.infermark.simulate.collective.CollectiveGroup;
import dev.infermark.simulate.collective.CollectiveModel;
import dev.infermark.simulate.collective.CollectiveModel.Exchange;
import dev.infermark.simulate.collective.CollectiveOperation;
import dev.infermark.validate.collective.PublishedExchanges;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark collectives}: exchanges among cores, in the columns of {@code nccom-test}. */
@Command(
        mixinStandardHelpOptions = true,
        name = "collectives",
        description = "Predicts the time of exchanges among the cores of an instance, in nccom-test's columns and "
                + "units (its GB are 2^30 bytes).")
final class CollectivesCommand implements Runnable {
    private static final Pattern SIZE = Pattern.compile("(\\d{1,12})([KMG]?)(iB|B)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern RANGE = Pattern.compile("(.+)\\.\\.(.+)");
    private static final long LARGEST = 1L << 40;

    @Option(
            names = "--instance",
            defaultValue = "inf2.48xlarge",
            paramLabel = "NAME",
            description = "The instance type (default: ${DEFAULT-VALUE}).")
    private String instance = "";

    @Option(
            names = "--op",
            defaultValue = "all-reduce",
            paramLabel = "OPERATION",
            description = "all-reduce, all-gather, reduce-scatter, all-to-all or sendrecv (default: ${DEFAULT-VALUE}).")
    private String operation = "";

    @Option(names = "--ranks", paramLabel = "N", description = "Cores of the group (default: all of the instance).")
    private @Nullable Integer ranks;

    @Option(
            names = "--sizes",
            defaultValue = "1KiB..1GiB",
            paramLabel = "SIZES",
            description = "Sizes of the tensor: one, several by commas, or FROM..TO, doubling (default: "
                    + "${DEFAULT-VALUE}).")
    private String sizes = "";

    @Option(
            names = "--data-type",
            defaultValue = "bf16",
            paramLabel = "TYPE",
            description = "Type of its elements (default: ${DEFAULT-VALUE}).")
    private DataType type = DataType.BF16;

    @Option(
            names = "--sdk",
            paramLabel = "RELEASE",
            description = "Release of the Neuron SDK, such as 2.10 (default: the newest).")
    private @Nullable String sdk;

    @Option(
            names = "--algorithm",
            paramLabel = "NAME",
            description = "Exchange by mesh, recursive-doubling, hierarchical or ring (default: the fastest that the "
                    + "library has for a size).")
    private @Nullable String algorithm;

    @Option(
            names = "--published",
            description = "Print the vendor's published runs beside the models of their releases instead.")
    private boolean published;

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private FormatOption format = new FormatOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        spec.commandLine()
                .getOut()
                .print(format.write(
                        published
                                ? CollectivesReport.published(PublishedExchanges.take(hardware.catalog()))
                                : modelled()));
    }

    private Table modelled() {
        Instance where = hardware.catalog().instance(instance);
        CollectiveGroup group = new CollectiveGroup(where, ranks == null ? where.coreCount() : ranks);
        CollectiveModel model =
                new CollectiveModel(group, sdk == null ? SdkVersion.NEWEST : SdkVersion.parse(sdk));
        CollectiveOperation asked = CollectiveOperation.named(operation);
        Optional<Algorithm> way = Optional.ofNullable(algorithm).map(Algorithm::named);
        List<Exchange> exchanges = bytes(sizes).stream()
                .map(size -> way.map(known -> model.exchange(asked, known, size))
                        .orElseGet(() -> model.exchange(asked, size)))
                .toList();
        return CollectivesReport.table(exchanges, type.label(), type.bytes());
    }

    private static List<Long> bytes(String sizes) {
        List<Long> all = new ArrayList<>();
        for (String part : sizes.split(",", -1)) {
            Matcher range = RANGE.matcher(part.strip());
            if (range.matches()) {
                long last = size(range.group(2));
                for (long size = size(range.group(1)); size <= last; size *= 2) {
                    all.add(size);
                }
            } else {
                all.add(size(part.strip()));
            }
        }
        if (all.isEmpty()) {
            throw new UserError("--sizes " + sizes + " has nothing in it; write the smaller size first");
        }
        return all;
    }

    private static long size(String text) {
        Matcher matcher = SIZE.matcher(text);
        if (!matcher.matches()) {
            throw new UserError("--sizes has " + text + ", which is no size; write it like 64KiB");
        }
        int exponent = switch (matcher.group(2).toUpperCase(Locale.ROOT)) {
            case "K" -> 10;
            case "M" -> 20;
            case "G" -> 30;
            default -> 0;
        };
        long value = Long.parseLong(matcher.group(1));
        if (value < 1 || value > LARGEST >> exponent) {
            throw new UserError("--sizes has " + text + "; give 1 B to 1024 GiB");
        }
        return value << exponent;
    }
}
