package dev.infermark.plan;

import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GenerationPrediction;
import dev.infermark.deploy.generate.GenerationQuoter;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.Degrees;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Searches deployments of a network that generates text, with as many copies as an instance has cores for.
 *
 * @param quoter what answers
 * @param sdk release
 * @param interval how far the time per token of a question may be off
 * @param book what instances cost
 */
public record GenerationSearch(
        GenerationQuoter quoter, SdkVersion sdk, Function<Question, Interval> interval, PriceBook book) {

    /** Tries these questions. */
    public Found search(Stream<Question> questions) {
        return Found.of(questions.map(question -> {
            Setup setup = setup(question);
            return new Found.Trial(setup, () -> candidate(question));
        }));
    }

    private static Setup setup(Question question) {
        return new Setup(
                question.instance(),
                new Parallelism.TensorParallel(
                        question.degree(), Degrees.copies(question.degree(), question.instance())),
                1,
                question.request().batch(),
                question.storage().name().toLowerCase(Locale.ROOT));
    }

    /** The answer about one question. */
    Candidate candidate(Question question) {
        GenerationPrediction prediction = quoter.quote(question, sdk).prediction();
        double throughput = prediction.outputTokensPerSecond();
        return new Candidate(
                setup(question),
                new Speed.Tokens(
                        prediction.timeToFirstToken(), prediction.timePerToken(), prediction.endToEnd()),
                throughput,
                throughput / question.request().outputTokens(),
                interval.apply(question),
                prediction.medianStep().largest().label(),
                book.price(question.instance().name()));
    }
}
