package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.OperandType;
import dev.infermark.kernel.provider.ConvolutionSupport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A convolution as products of tiles: filters are packed once, images band by band.
 *
 * <p>Threads take units of work, one after the other, until none is left. A unit's sums do not depend on who takes it.
 *
 * @param <T> the array of inputs
 * @param <R> the array of results
 */
final class TiledConvolution<T, R> implements ConvolutionSupport.Kernel<T, R> {
    private final Tiling tiling;
    private final OperandType<T, R> type;
    private final List<ConvolutionWorker<T, R>> workers = new ArrayList<>();

    TiledConvolution(Tiling tiling, OperandType<T, R> type) {
        this.tiling = tiling;
        this.type = type;
        workers.add(new ConvolutionWorker<>(tiling, type));
    }

    @Override
    public void run(T input, R output) {
        ConvolutionWorker<T, R> worker = workers.getFirst();
        worker.reset();
        for (int unit = 0; unit < tiling.units(); unit++) {
            worker.convolve(input, output, unit);
        }
    }

    @Override
    public void run(T input, R output, ForkJoinPool pool) {
        int threads = Math.min(pool.getParallelism(), tiling.units());
        while (workers.size() < threads) {
            workers.add(new ConvolutionWorker<>(tiling, type));
        }
        pool.invoke(new Team(input, output, workers.subList(0, threads)));
    }

    /** One call's work on a pool. */
    private final class Team extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final transient T input;
        private final transient R output;
        private final transient List<ConvolutionWorker<T, R>> members;
        private final AtomicInteger next = new AtomicInteger();

        private Team(T input, R output, List<ConvolutionWorker<T, R>> members) {
            this.input = input;
            this.output = output;
            this.members = members;
        }

        @Override
        protected void compute() {
            ForkJoinTask.invokeAll(members.stream()
                    .map(member -> ForkJoinTask.adapt(() -> takeUnits(member)))
                    .toList());
        }

        private void takeUnits(ConvolutionWorker<T, R> member) {
            member.reset();
            for (int unit = next.getAndIncrement(); unit < tiling.units(); unit = next.getAndIncrement()) {
                member.convolve(input, output, unit);
            }
        }
    }
}
