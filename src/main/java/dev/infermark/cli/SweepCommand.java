package dev.infermark.cli;

import dev.infermark.hardware.Catalog;
import dev.infermark.plan.sweep.Grid;
import dev.infermark.plan.sweep.Rows;
import dev.infermark.plan.sweep.Sweep;
import java.nio.file.Path;
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
        long before = new Sweep(all, rows).run(out, progress(all));
        spec.commandLine().getErr().println(String.format(
                Locale.ROOT, "infermark: %,d rows in %s%s", all.size(), out,
                before == 0 ? "" : String.format(Locale.ROOT, ", %,d of them from before", before)));
    }

    private Runnable progress(Grid all) {
        int pieces = (int) Math.min(Integer.MAX_VALUE, Math.ceilDiv(all.size(), (long) Sweep.PIECE));
        Progress progress = new Progress(spec.commandLine().getErr(), "thousand rows", pieces);
        return progress::step;
    }
}
