package dev.infermark.kernel.simd.convolution;

import dev.infermark.kernel.Element;
import dev.infermark.kernel.provider.ConvolutionSupport;
import dev.infermark.kernel.simd.Tasks;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A convolution as matmuls of tiles: filters are packed once, images band by band.
 *
 * <p>Threads take units of work, one after the other, until none is left. A unit's sums do not depend on who takes it.
 *
 * @param <T> the array of inputs
 * @param <R> the array of results
 */
final class TiledConvolution<T, R> implements ConvolutionSupport.Kernel<T, R> {
    private final Tiling tiling;
    private final Element<T, R> element;
    private final List<ConvolutionWorker<T, R>> workers = new ArrayList<>();
    /** The first unit that no thread has taken. */
    private final AtomicInteger next = new AtomicInteger();

    TiledConvolution(Tiling tiling, Element<T, R> element) {
        this.tiling = tiling;
        this.element = element;
        workers.add(new ConvolutionWorker<>(tiling, element));
    }

    @Override
    public void run(T input, R output, int threads) {
        tiling.filters().align();
        next.set(0);
        int count = Math.min(threads, tiling.units());
        if (count == 1) {
            takeUnits(workers.getFirst(), input, output);
        } else {
            while (workers.size() < count) {
                workers.add(new ConvolutionWorker<>(tiling, element));
            }
            new Tasks(workers.subList(0, count).stream()
                            .<Runnable>map(worker -> () -> takeUnits(worker, input, output))
                            .toList())
                    .run();
        }
    }

    private void takeUnits(ConvolutionWorker<T, R> worker, T input, R output) {
        worker.reset();
        for (int unit = next.getAndIncrement(); unit < tiling.units(); unit = next.getAndIncrement()) {
            worker.convolve(input, output, unit);
        }
    }
}
