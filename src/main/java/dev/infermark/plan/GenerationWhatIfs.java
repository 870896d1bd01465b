package dev.infermark.plan;

import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Other ways to generate the same text, each with its effect; those that cannot be had are left out. */
public record GenerationWhatIfs(GenerationSearch search) {

    /** What each of the other questions brings instead of the first one. */
    public List<WhatIf> of(Question now, Stream<Question> others) {
        Candidate base = search.candidate(now);
        return others.flatMap(other -> candidate(other).stream())
                .map(candidate -> WhatIf.of(words(candidate, base), base, candidate))
                .toList();
    }

    private Optional<Candidate> candidate(Question question) {
        try {
            return Optional.of(search.candidate(question));
        } catch (UserError e) {
            return Optional.empty();
        }
    }

    private static String words(Candidate other, Candidate base) {
        Setup to = other.setup();
        Setup from = base.setup();
        if (!to.instance().equals(from.instance())) {
            return to.instance().name() + ", " + to.sharing();
        }
        return to.batch() == from.batch() ? to.sharing() + " instead of " + from.sharing() : "batch " + to.batch();
    }
}
