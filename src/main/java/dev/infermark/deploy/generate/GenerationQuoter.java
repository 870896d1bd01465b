package dev.infermark.deploy.generate;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.lower.SdkReleases;
import dev.infermark.lower.SdkSupport;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.Degrees;
import dev.infermark.simulate.Calibrations;

/** The one path from a network that generates text to an answer; immutable. */
public final class GenerationQuoter {
    private final Calibrations calibrations;
    private final GenerationCalibration generation;

    /** A quoter with these fitted parameters. */
    public GenerationQuoter(Calibrations calibrations, GenerationCalibration generation) {
        this.calibrations = calibrations;
        this.generation = generation;
    }

    /** A predictor of what is asked, to be kept for many requests. */
    public GenerationPredictor predictor(Question question, SdkVersion sdk) {
        Degrees.require(question.degree(), question.instance(), question.shape());
        Degrees.requireExperts(question.sharing(), question.shape());
        return new GenerationPredictor(
                question.shape(),
                question.sharing(),
                new GenerationPredictor.Setting(
                        question.instance(),
                        sdk,
                        question.runtime(),
                        calibrations.of(question.instance().chip().core().generation()),
                        generation));
    }

    /**
     * The answer with as many copies as the instance has cores for.
     *
     * @throws UserError when the degree is not legal, a core lacks the memory or the release does not generate text
     */
    public GenerationQuote quote(Question question, SdkVersion sdk) {
        question.requireLibrary();
        SdkReleases.builtIn().requireSupport(sdk, question.instance().chip(), SdkSupport.Kind.GENERATION);
        GenerationPredictor predictor = predictor(question, sdk);
        GroupMemory memory = question.memory();
        requireFit(question, memory);
        int copies = Degrees.copies(question.degree(), question.instance());
        return new GenerationQuote(
                question,
                SdkReleases.builtIn().label(sdk),
                copies,
                Degrees.idle(question.degree(), question.instance()),
                predictor.predict(question.request().withCopies(copies)),
                memory);
    }

    private static void requireFit(Question question, GroupMemory memory) {
        memory.lack().ifPresent(lack -> {
            throw new UserError(question.shape().name() + " does not fit on " + Counted.of(question.degree(), "core")
                    + " of " + question.instance().name() + ": " + lack
                    + "; infermark fit with the same options finds changes that do");
        });
    }
}
