package dev.infermark.cli;

import dev.infermark.base.Counted;
import dev.infermark.hardware.Catalog;
import dev.infermark.plan.ReasonCounts;
import dev.infermark.plan.sweep.Grid;
import dev.infermark.plan.sweep.Rows;
import dev.infermark.plan.sweep.Sweep;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark sweep}: predictions of all combinations of some settings. */
@Command(
        mixinStandardHelpOptions = true,
        name = "sweep",
        description = "Predicts every combination of the settings in a grid file, on all processors, into a CSV file. A"
                + " sweep that was stopped goes on where it was when it is started again.",
        footerHeading = "%nExample of a grid:%n",
        footer = {
            "  {\"model_name\": \"bert-large-uncased\",",
            "   \"instance_type\": [\"inf1.xlarge\", \"inf2.xlarge\"],",
            "   \"sequence_length\": [128, 384], \"batch_size\": {\"from\": 1, \"to\": 64}}"
        })
final class SweepCommand implements Runnable {
    private static final int MOST_REASONS = 8;

    @Option(names = "--grid", required = true, paramLabel = "FILE", description = "The settings, as JSON.")
    private Path grid = Path.of("");

    @Option(names = "--out", required = true, paramLabel = "FILE", description = "The rows, as CSV.")
    private Path out = Path.of("");

    @Mixin
    private PriceOptions prices = new PriceOptions();

    @Mixin
    private HardwareOption hardware = new HardwareOption();

    @Mixin
    private ParametersOption parameters = new ParametersOption();

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        Grid all = Grid.read(grid);
        Catalog catalog = hardware.catalog();
        Rows rows = Rows.of(
                all,
                catalog,
                prices.book(catalog),
                parameters.quoter(),
                UnknownOption.none());
        Sweep.Written written = new Sweep(all, rows).run(out, progress(all));
        tell("infermark: " + Counted.of(all.size(), "row") + " in " + out
                + (written.before() == 0
                        ? ""
                        : String.format(Locale.ROOT, ", %,d of them from before", written.before())));
        tell(written.refused(), all.size() - written.before());
    }

    /** How many of the rows that were written now have no answer, and why. */
    private void tell(ReasonCounts refused, long written) {
        if (refused.total() == 0) {
            return;
        }
        tell(String.format(
                Locale.ROOT,
                "infermark: %,d of %,d have no answer; the column 'refused' tells why:",
                refused.total(),
                written));
        List<ReasonCounts.Count> reasons = refused.mostFirst();
        reasons.stream().limit(MOST_REASONS).forEach(reason -> tell("  " + reason.of("row", "")));
        if (reasons.size() > MOST_REASONS) {
            tell("  and " + Counted.of(reasons.size() - MOST_REASONS, "more reason"));
        }
    }

    private void tell(String line) {
        spec.commandLine().getErr().println(line);
    }

    private Runnable progress(Grid all) {
        int pieces = (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(all.size(), (long) Sweep.PIECE));
        Progress progress = new Progress(spec.commandLine().getErr(), "thousand rows", pieces);
        return progress::step;
    }
}
