package dev.infermark.plan;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The deployments that meet a target, best first.
 *
 * @param offers those that meet all limits, ranked
 * @param all what can be had, whether it meets the limits or not, without any queue
 * @param front those of all that nothing beats in time and cost
 * @param found all that was tried
 * @param limits the target
 * @param demand how much is served
 */
public record Plan(
        List<Offer> offers, List<Offer> all, List<Offer> front, Found found, List<Limit> limits, Demand demand) {
    /** Candidates of an instance whose queue is simulated, by rising cost without it. */
    private static final int SIMULATED = 8;

    /** Copies the lists. */
    public Plan {
        offers = List.copyOf(offers);
        all = List.copyOf(all);
        front = List.copyOf(front);
        limits = List.copyOf(limits);
    }

    /**
     * Ranks what a search has found.
     *
     * @throws UserError when nothing meets the limits, naming the one that fails and the closest that exists
     */
    public static Plan of(Found found, List<Limit> limits, Demand demand, Ranking ranking) {
        if (found.candidates().isEmpty()) {
            throw new UserError("nothing can be had: " + found.rejections().stream()
                    .map(Rejection::reason)
                    .findFirst()
                    .orElse("no instance has a price in this book"));
        }
        Sizing sizing = new Sizing(demand, limits);
        List<Offer> all = found.candidates().stream().map(sizing::withoutQueue).toList();
        List<Offer> meeting = all.stream()
                .filter(offer -> excess(offer.candidate(), limits) <= 1)
                .sorted(ranking.order())
                .toList();
        if (meeting.isEmpty()) {
            throw impossible(found.candidates(), limits);
        }
        List<Offer> offers = meeting.stream().anyMatch(offer -> sizing.queues(offer.candidate()))
                ? queued(meeting, sizing)
                : meeting;
        if (offers.isEmpty()) {
            throw new UserError("no number of instances keeps the queue within " + words(limits)
                    + " at this rate; the closest without any queue is " + closest(meeting.getFirst().candidate())
                    + "; allow more time");
        }
        return new Plan(
                offers.stream().sorted(ranking.order()).toList(),
                all,
                ParetoFront.of(all, offer -> offer.candidate().speed().seconds(), Offer::costPerMillion),
                found,
                limits,
                demand);
    }

    /** Whether costs are those of instances that are full all the time. */
    public boolean isAtFullLoad() {
        return demand instanceof Demand.Saturated;
    }

    /** The least limit of a time in seconds; empty where it has none. */
    public Optional<Double> limit(Measure measure) {
        return limits.stream()
                .filter(limit -> limit.measure() == measure)
                .map(Limit::seconds)
                .min(Comparator.naturalOrder());
    }

    /** The best offer. */
    public Offer best() {
        return offers.getFirst();
    }

    /** The best offer of each instance, in the order of the ranking. */
    public List<Offer> bestOfEachInstance() {
        Map<String, Offer> best = new LinkedHashMap<>();
        offers.forEach(offer -> best.putIfAbsent(offer.candidate().setup().instance().name(), offer));
        return List.copyOf(best.values());
    }

    /** A rejection for each instance on which nothing can be had: of the smallest batch, over most cores. */
    public List<Rejection> absences() {
        Set<String> had = found.candidates().stream()
                .map(candidate -> candidate.setup().instance().name())
                .collect(Collectors.toSet());
        Map<String, Rejection> absent = new LinkedHashMap<>();
        found.rejections().stream()
                .filter(rejection -> !had.contains(rejection.setup().instance().name()))
                .sorted(Comparator.<Rejection>comparingLong(each -> each.setup().batch())
                        .thenComparingInt(each -> -each.setup().coresPerCopy()))
                .forEach(rejection -> absent.putIfAbsent(rejection.setup().instance().name(), rejection));
        return List.copyOf(absent.values());
    }

    /** Why an instance is not the best choice: a sentence for each reason. */
    public List<String> whyNot(String instance) {
        List<String> reasons = new ArrayList<>();
        Optional<Offer> own = offers.stream().filter(offer -> isOn(offer.candidate().setup(), instance)).findFirst();
        own.ifPresent(offer -> reasons.add(beside(offer)));
        List<Candidate> missing = found.candidates().stream()
                .filter(candidate -> isOn(candidate.setup(), instance) && excess(candidate, limits) > 1)
                .toList();
        missing.stream().min(byExcess(limits)).ifPresent(candidate -> reasons.add(
                Counted.of(missing.size(), "deployment misses ", "deployments miss ") + words(limits)
                        + "; the closest: " + closest(candidate)));
        ReasonCounts rejected = new ReasonCounts();
        found.rejections().stream()
                .filter(rejection -> isOn(rejection.setup(), instance))
                .forEach(rejection -> rejected.add(rejection.reason()));
        rejected.mostFirst().forEach(count -> reasons.add(count.of("deployment", " cannot be had")));
        if (reasons.isEmpty()) {
            throw new UserError("no deployment on " + instance + " was tried; name one of "
                    + found.candidates().stream()
                            .map(candidate -> candidate.setup().instance().name())
                            .distinct()
                            .collect(Collectors.joining(", ")));
        }
        return reasons;
    }

    private String beside(Offer own) {
        if (own.equals(best())) {
            return "it is the best choice: " + own.candidate().setup();
        }
        Offer best = best();
        return String.format(
                Locale.ROOT,
                "its best, %s, costs $%.4g per million with %s, %.2f times the %s of %s%s",
                own.candidate().setup(),
                own.costPerMillion(),
                Counted.of(own.instances(), "instance"),
                own.costPerMillion() / best.costPerMillion(),
                String.format(Locale.ROOT, "$%.4g", best.costPerMillion()),
                best.candidate().setup(),
                own.tiesWith(best) ? "; a tie, as the lead lies within the interval" : "");
    }

    private static List<Offer> queued(List<Offer> meeting, Sizing sizing) {
        Map<String, List<Offer>> byInstance = meeting.stream()
                .collect(Collectors.groupingBy(
                        offer -> offer.candidate().setup().instance().name(), LinkedHashMap::new, Collectors.toList()));
        return byInstance.values().stream()
                .flatMap(offers -> offers.stream().limit(SIMULATED))
                .toList()
                .parallelStream()
                .flatMap(offer -> sizing.withQueue(offer.candidate()).stream())
                .toList();
    }

    private static UserError impossible(List<Candidate> candidates, List<Limit> limits) {
        Candidate closest = candidates.stream().min(byExcess(limits)).orElseThrow();
        String failing = limits.stream()
                .filter(limit -> limit.excess(closest.speed()) > 1)
                .map(Limit::toString)
                .collect(Collectors.joining(" and "));
        return new UserError(String.format(
                Locale.ROOT,
                "none of %s meets %s; the closest is %s; allow more time or choose a smaller model",
                Counted.of(candidates.size(), "deployment"),
                failing,
                closest(closest)));
    }

    private static String closest(Candidate candidate) {
        return candidate.setup() + " with " + switch (candidate.speed()) {
            case Speed.Calls(double p50, double p99) ->
                    String.format(Locale.ROOT, "%.4g ms (median %.4g ms)", 1e3 * p99, 1e3 * p50);
            case Speed.Tokens(double ttft, double tpot, _) ->
                    String.format(Locale.ROOT, "ttft %.4g ms and tpot %.4g ms", 1e3 * ttft, 1e3 * tpot);
        };
    }

    private static Comparator<Candidate> byExcess(List<Limit> limits) {
        return Comparator.comparingDouble(candidate -> excess(candidate, limits));
    }

    /** How many times the limits a candidate takes, by the limit that it misses most. */
    private static double excess(Candidate candidate, List<Limit> limits) {
        return limits.stream().mapToDouble(limit -> limit.excess(candidate.speed())).max().orElse(0);
    }

    private static String words(List<Limit> limits) {
        return limits.stream().map(Limit::toString).collect(Collectors.joining(" and "));
    }

    private static boolean isOn(Setup setup, String instance) {
        return setup.instance().name().equalsIgnoreCase(instance);
    }
}
