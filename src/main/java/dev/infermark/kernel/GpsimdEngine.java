package dev.infermark.kernel;

import dev.infermark.kernel.gpsimd.CustomOperator;
import dev.infermark.kernel.gpsimd.Processor;
import dev.infermark.kernel.gpsimd.Tensor;
import dev.infermark.kernel.gpsimd.TensorSpec;
import dev.infermark.kernel.provider.GpsimdSupport;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.ForkJoinTask;
import java.util.concurrent.RecursiveAction;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;

/**
 * Runs custom operators, one at a time, on eight processors.
 *
 * <p>The host computes the processors one after the other in the caller's thread, or shares them among threads that
 * {@link #onThreads} keeps at hand. Either way the results are the same to the bit, and what an operator throws reaches
 * the caller as it was thrown, that of the first processor where several throw.
 */
public final class GpsimdEngine {
    private final GpsimdSupport support;
    private final List<Processor> processors;
    private final ReentrantLock oneAtATime = new ReentrantLock();
    private final Host host;

    /** Who computes the processors. */
    private sealed interface Host {
        /** The caller. */
        record Caller() implements Host {}

        /** Threads, which wait for the next operator for a minute before they end. */
        record Threads(ForkJoinPool pool) implements Host {}
    }

    GpsimdEngine(GpsimdSupport support) {
        this(support, new Host.Caller());
    }

    private GpsimdEngine(GpsimdSupport support, Host host) {
        this.support = support;
        this.host = host;
        this.processors = IntStream.range(0, Processor.COUNT)
                .mapToObj(id -> new Processor(id, support))
                .toList();
    }

    /**
     * An engine of its own whose processors the host computes on so many threads.
     *
     * @param threads from 1, which is the caller itself, to 8
     */
    public GpsimdEngine onThreads(int threads) {
        if (threads < 1 || threads > Processor.COUNT) {
            throw new IllegalArgumentException("threads: " + threads + " is not from 1 to " + Processor.COUNT
                    + ", the number of processors");
        }
        return new GpsimdEngine(
                support, threads == 1 ? new Host.Caller() : new Host.Threads(new ForkJoinPool(threads)));
    }

    /** The operator's results in new tensors. */
    public List<Tensor> run(CustomOperator operator, List<Tensor> inputs) {
        List<Tensor> outputs = operator.outputs(specs(inputs)).stream().map(Tensor::empty).toList();
        runOnAll(new Call(operator, List.copyOf(inputs), outputs));
        return outputs;
    }

    /** Overwrites the outputs, which must be as {@link CustomOperator#outputs} says, each a tensor of its own. */
    public void run(CustomOperator operator, List<Tensor> inputs, List<Tensor> outputs) {
        bind(operator, inputs, outputs).run();
    }

    /** Checks the tensors once for many runs, each of which overwrites the outputs; in the caller none allocates. */
    public Runnable bind(CustomOperator operator, List<Tensor> inputs, List<Tensor> outputs) {
        List<TensorSpec> wanted = operator.outputs(specs(inputs));
        List<TensorSpec> given = specs(outputs);
        if (!wanted.equals(given)) {
            throw new IllegalArgumentException(
                    "outputs: " + operator.name() + " of " + inputs + " gives " + wanted
                            + ", but outputs are " + given);
        }
        for (int i = 0; i < outputs.size(); i++) {
            Tensor output = outputs.get(i);
            if (inputs.stream().anyMatch(input -> input == output)) {
                throw new IllegalArgumentException("output (" + output + ") must not be one of the inputs " + inputs);
            }
            if (outputs.subList(0, i).stream().anyMatch(other -> other == output)) {
                throw new IllegalArgumentException("output (" + output + ") is there twice");
            }
        }
        Call call = new Call(operator, List.copyOf(inputs), List.copyOf(outputs));
        return () -> runOnAll(call);
    }

    private static List<TensorSpec> specs(List<Tensor> tensors) {
        return tensors.stream().map(Tensor::spec).toList();
    }

    private void runOnAll(Call call) {
        if (oneAtATime.isHeldByCurrentThread()
                || (host instanceof Host.Threads(ForkJoinPool pool) && pool.equals(ForkJoinTask.getPool()))) {
            throw new IllegalStateException("an operator that this engine is running has started "
                    + call.operator().name() + ": run it after that one");
        }
        oneAtATime.lock();
        try {
            switch (host) {
                case Host.Caller() -> runInTurn(call);
                case Host.Threads(ForkJoinPool pool) -> runOnThreads(call, pool);
            }
        } finally {
            oneAtATime.unlock();
        }
    }

    private void runInTurn(Call call) {
        for (Processor processor : processors) {
            call.runOn(processor);
        }
    }

    /** Waits for all, lest one still writes when the caller goes on. */
    private void runOnThreads(Call call, ForkJoinPool pool) {
        List<Share> shares = processors.stream().map(processor -> new Share(call, processor)).toList();
        shares.forEach(pool::execute);
        shares.forEach(ForkJoinTask::quietlyJoin);
        shares.forEach(Share::rethrow);
    }

    /** An operator with tensors that fit it. */
    private record Call(CustomOperator operator, List<Tensor> inputs, List<Tensor> outputs) {
        void runOn(Processor processor) {
            processor.run(operator, inputs, outputs);
        }
    }

    /** What one processor has to do; keeps what is thrown, since the pool would hand on a copy of it. */
    private static final class Share extends RecursiveAction {
        private static final long serialVersionUID = 1L;

        private final transient Call call;
        private final transient Processor processor;
        private transient Optional<RuntimeException> exception = Optional.empty();
        private transient Optional<Error> error = Optional.empty();

        Share(Call call, Processor processor) {
            this.call = call;
            this.processor = processor;
        }

        @Override
        protected void compute() {
            try {
                call.runOn(processor);
            } catch (RuntimeException e) {
                exception = Optional.of(e);
            } catch (Error e) {
                error = Optional.of(e);
            }
        }

        void rethrow() {
            exception.ifPresent(e -> {
                throw e;
            });
            error.ifPresent(e -> {
                throw e;
            });
        }
    }
}
