package dev.infermark.plan;

import dev.infermark.base.UserError;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * All that a search has tried.
 *
 * @param candidates what can be had, in the order of the search
 * @param rejections what cannot
 */
public record Found(List<Candidate> candidates, List<Rejection> rejections) {

    /** Copies the lists. */
    public Found {
        candidates = List.copyOf(candidates);
        rejections = List.copyOf(rejections);
    }

    /** What came of one setup. */
    private sealed interface Result {
        record Had(Candidate candidate) implements Result {}

        record Refused(Rejection rejection) implements Result {}
    }

    /** A setup that is still to be tried. */
    record Trial(Setup setup, Supplier<Candidate> answer) {
        private Result result() {
            try {
                return new Result.Had(answer.get());
            } catch (UserError e) {
                return new Result.Refused(new Rejection(setup, String.valueOf(e.getMessage())));
            }
        }
    }

    /** Tries all, on all processors. */
    static Found of(Stream<Trial> trials) {
        return of(trials, _ -> () -> {});
    }

    /**
     * The same, watched.
     *
     * @param watch gives, for so many trials, what is run after each; from several threads
     */
    static Found of(Stream<Trial> trials, IntFunction<Runnable> watch) {
        List<Trial> all = trials.toList();
        Runnable done = watch.apply(all.size());
        List<Result> results = all.parallelStream()
                .map(trial -> {
                    Result result = trial.result();
                    done.run();
                    return result;
                })
                .toList();
        return new Found(
                results.stream()
                        .mapMulti((Result result, java.util.function.Consumer<Candidate> sink) -> {
                            if (result instanceof Result.Had(Candidate candidate)) {
                                sink.accept(candidate);
                            }
                        })
                        .toList(),
                results.stream()
                        .mapMulti((Result result, java.util.function.Consumer<Rejection> sink) -> {
                            if (result instanceof Result.Refused(Rejection rejection)) {
                                sink.accept(rejection);
                            }
                        })
                        .toList());
    }
}
