package dev.infermark.cli;

import dev.infermark.base.Refusal;
import dev.infermark.base.UserError;
import dev.infermark.hardware.Generation;
import dev.infermark.hardware.Instance;
import dev.infermark.report.runtime.LazyReport;
import dev.infermark.report.table.Table;
import dev.infermark.runtime.bucket.Buckets;
import dev.infermark.runtime.bucket.LengthHistogram;
import dev.infermark.runtime.compiled.CompileTime;
import dev.infermark.runtime.lazy.LazyFigures;
import dev.infermark.runtime.lazy.ShapeTrace;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Whether a model is traced before it is called, or compiled on the fly by lazy tensors. */
final class LazyOptions {
    /** As many buckets as are compared at most; more hardly save time. */
    private static final int MOST_BUCKETS = 4;

    private enum Mode {
        TRACED,
        LAZY
    }

    @Option(
            names = "--mode",
            defaultValue = "traced",
            paramLabel = "MODE",
            description =
                    "traced: compiled ahead; lazy: each shape when it first comes, with the requests of --lengths,"
                            + " beside models traced for 1 to 4 buckets (default: ${DEFAULT-VALUE}).")
    private Mode mode = Mode.TRACED;

    @Option(
            names = "--lengths",
            paramLabel = "FILE",
            description = "With --mode lazy: lengths of requests in tokens as they come, one on each line.")
    private @Nullable Path lengths;

    boolean isLazy() {
        if (mode == Mode.TRACED && lengths != null) {
            throw new UserError(
                    "--lengths is for --mode lazy; buckets --lengths finds the lengths to trace a model for");
        }
        return mode == Mode.LAZY;
    }

    /** Lazy tensors beside traced models, for calls of the lengths that were given. */
    Table table(Call call) {
        if (lengths == null) {
            throw new UserError("--mode lazy needs the lengths of requests; give --lengths FILE, one on each line");
        }
        Instance instance = call.deployment().instance();
        Generation generation = instance.chip().core().generation();
        if (generation == Generation.NEURONCORE_V1) {
            throw new Refusal("lazy tensors are of torch-neuronx, which does not run on " + instance.name()
                    + "; choose an Inf2 instance, or leave out --mode lazy");
        }
        CallTimes times = new CallTimes(call);
        List<Integer> tokens = RequestLengths.read(lengths);
        LengthHistogram histogram = LengthHistogram.of(tokens);
        double parameters = times.network(histogram.longest()).facts().parameters();
        ShapeTrace trace = new ShapeTrace(tokens, CompileTime.builtIn().seconds(parameters), times::seconds);
        List<Buckets> sets = Buckets.upTo(histogram, MOST_BUCKETS, times::seconds);
        return LazyReport.table(trace, LazyFigures.builtIn(), sets);
    }
}
