package dev.infermark.plan;

import dev.infermark.base.UserError;
import dev.infermark.hardware.PriceBook;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What another instance brings for a network, with the best that each of them can do.
 *
 * @param from the instance that is left
 * @param to the instance to move to
 * @param goals what can be wanted, each by the best deployment on either
 */
public record Migration(String from, String to, List<Goal> goals) {

    /** Copies the list. */
    public Migration {
        goals = List.copyOf(goals);
    }

    /** Whether to move. */
    public enum Verdict {
        /** The other instance is better by more than the interval. */
        MOVE,
        /** The own instance is better by more than the interval. */
        STAY,
        /** The difference lies within the interval. */
        TIE
    }

    /**
     * One quantity at its best on either instance.
     *
     * @param name of the quantity, with its unit
     * @param from its value
     * @param fromSetup how it is reached
     * @param to its value on the other instance
     * @param toSetup how it is reached there
     * @param timesBetter above 1 where the other instance is better
     * @param verdict whether to move for it
     */
    public record Goal(
            String name, double from, Setup fromSetup, double to, Setup toSetup, double timesBetter, Verdict verdict) {}

    /** Compares two instances by what was found on them, with the cost on each of these price books. */
    public static Migration of(String from, String to, Found found, List<PriceBook> books) {
        List<Candidate> here = on(from, found);
        List<Candidate> there = on(to, found);
        List<Goal> goals = new ArrayList<>();
        goals.add(least("lowest median latency, ms", here, there, candidate -> 1e3 * median(candidate)));
        goals.add(most("highest throughput of an instance, 1/s", here, there, Candidate::throughput));
        for (PriceBook book : books) {
            if (book.has(from) && book.has(to)) {
                goals.add(least(
                        "lowest $ per million, " + book.name() + " " + book.price(to).date(), here, there,
                        candidate -> 1e6 * book.price(candidate.setup().instance().name()).dollarsPerHour() / 3600
                                / candidate.throughput()));
            }
        }
        return new Migration(from, to, goals);
    }

    private static List<Candidate> on(String instance, Found found) {
        List<Candidate> candidates = found.candidates().stream()
                .filter(candidate -> candidate.setup().instance().name().equalsIgnoreCase(instance))
                .toList();
        if (candidates.isEmpty()) {
            throw new UserError("nothing can be had on " + instance + found.rejections().stream()
                    .filter(rejection -> rejection.setup().instance().name().equalsIgnoreCase(instance))
                    .findFirst()
                    .map(rejection -> ": " + rejection.reason())
                    .orElse("; name an instance that has a price"));
        }
        return candidates;
    }

    private static Goal least(
            String name, List<Candidate> here, List<Candidate> there, ToDoubleFunction<Candidate> quantity) {
        Candidate from = here.stream().min(Comparator.comparingDouble(quantity)).orElseThrow();
        Candidate to = there.stream().min(Comparator.comparingDouble(quantity)).orElseThrow();
        return goal(name, from, to, quantity, quantity.applyAsDouble(from) / quantity.applyAsDouble(to));
    }

    private static Goal most(
            String name, List<Candidate> here, List<Candidate> there, ToDoubleFunction<Candidate> quantity) {
        Candidate from = here.stream().max(Comparator.comparingDouble(quantity)).orElseThrow();
        Candidate to = there.stream().max(Comparator.comparingDouble(quantity)).orElseThrow();
        return goal(name, from, to, quantity, quantity.applyAsDouble(to) / quantity.applyAsDouble(from));
    }

    private static Goal goal(
            String name, Candidate from, Candidate to, ToDoubleFunction<Candidate> quantity, double timesBetter) {
        boolean isWithin = from.interval().contains(1, timesBetter) || to.interval().contains(1, timesBetter);
        return new Goal(
                name,
                quantity.applyAsDouble(from),
                from.setup(),
                quantity.applyAsDouble(to),
                to.setup(),
                timesBetter,
                isWithin ? Verdict.TIE : timesBetter > 1 ? Verdict.MOVE : Verdict.STAY);
    }

    private static double median(Candidate candidate) {
        return switch (candidate.speed()) {
            case Speed.Calls(double p50, _) -> p50;
            case Speed.Tokens(_, double tpot, _) -> tpot;
        };
    }
}
