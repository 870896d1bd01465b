package dev.infermark.cli;

import dev.infermark.base.Counted;
import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.deploy.generate.GenerationQuote;
import dev.infermark.deploy.generate.GenerationQuoter;
import dev.infermark.deploy.generate.TextModel;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.SdkVersion;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import dev.infermark.runtime.continuous.DecodingService;
import dev.infermark.runtime.continuous.PredictedTimes;
import dev.infermark.serve.generate.GeneratingModel;
import dev.infermark.serve.metrics.MemoryClass;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Puts a model that generates on all cores of an instance, so that it can be served.
 *
 * @param instance where it is
 * @param options how it is deployed
 * @param quoter what predicts its times
 * @param release of the Neuron SDK
 */
record GenerationLoader(Instance instance, GenerationOptions options, GenerationQuoter quoter, SdkVersion release) {
    private static final double MILLIS = 1e3;

    /**
     * What was loaded.
     *
     * @param model that generates
     * @param memory bytes that each NeuronCore in use holds
     */
    record Loaded(GeneratingModel model, SortedMap<Integer, Map<MemoryClass, Long>> memory) {}

    /**
     * Loads the one model of a list.
     *
     * @param named models, and what clients call them
     * @param batch slots of each copy
     * @param queueLimit most requests that wait for a slot
     */
    Loaded load(List<NamedModel> named, long batch, int queueLimit) {
        if (named.size() != 1) {
            throw new UserError("a model that generates takes all cores of its instance; serve " + named.size()
                    + " models by as many servers, each on its own --port");
        }
        NamedModel model = named.getFirst();
        ModelSource source = Models.find(model.model());
        TextModel text = TextModel.of(source, Workload.ofBatch(batch));
        Question question = options.question(text, instance, batch, release, options.longest(text));
        GenerationQuote quote = quoter.quote(question, release);
        DecodingService service = PredictedTimes.service(quote, quoter.predictor(question, release));
        String served = model.name().orElse(source.name());
        return new Loaded(
                new GeneratingModel(served, origin(quote, service), service, question.degree(), queueLimit),
                memory(quote));
    }

    private static SortedMap<Integer, Map<MemoryClass, Long>> memory(GenerationQuote quote) {
        SortedMap<Integer, Map<MemoryClass, Long>> memory = new TreeMap<>();
        int degree = quote.question().degree();
        for (int core = 0; core < quote.copies() * degree; core++) {
            memory.put(core, ModelLoader.classes(
                    core % degree == 0 ? quote.memory().first() : quote.memory().others()));
        }
        return memory;
    }

    private static String origin(GenerationQuote quote, DecodingService service) {
        return String.format(
                Locale.ROOT,
                "modelled %s on %s, %s of %s, %s each, %s batching, up to %d tokens: %.4g ms to a"
                        + " first token, %.4g ms a token",
                quote.modelName(),
                quote.question().instance().name(),
                Counted.of(service.copies(), "copy", "copies"),
                Counted.of(quote.question().degree(), "core"),
                Counted.of(service.slots(), "slot"),
                service.joining().label(),
                service.compiledTokens(),
                MILLIS * service.times().prefillSeconds(1, 1),
                MILLIS * service.times().stepSeconds(service.slots(), service.compiledTokens()));
    }
}
