package dev.infermark.deploy.generate;

import dev.infermark.deploy.Network;
import dev.infermark.deploy.PipelineQuoter;
import dev.infermark.deploy.PipelineQuoter.Choice;
import dev.infermark.deploy.generate.GenerationAdvice.Question;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.shard.Degrees;
import dev.infermark.lower.shard.TransformerShape;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.Models;
import dev.infermark.reader.TaskHead;
import dev.infermark.reader.Workload;
import dev.infermark.simulate.Calibrations;
import java.util.List;
import java.util.stream.Stream;

/**
 * What people ask first of models that outgrow one core: how a model scales over cores and batch, what GPT-3 175B would
 * do, how a pipeline scales.
 *
 * @param degrees Llama 3 8B at batch 1 and 16 over each legal degree that has the memory
 * @param batches the same over 8 cores by batch
 * @param largest GPT-3 175B on inf2.48xlarge and trn1.32xlarge, where it fits; nobody published it
 * @param pipelines BERT-base over each number of cores of inf1.6xlarge
 */
public record ScaleOutStudy(
        List<GenerationQuote> degrees,
        List<GenerationQuote> batches,
        List<GenerationQuote> largest,
        List<Choice> pipelines) {
    private static final int CORES = 8;
    private static final long INPUT = 1024;
    private static final long OUTPUT = 256;
    private static final SdkVersion PIPELINE_SDK = new SdkVersion(2, 16);

    /** Copies the lists. */
    public ScaleOutStudy {
        degrees = List.copyOf(degrees);
        batches = List.copyOf(batches);
        largest = List.copyOf(largest);
        pipelines = List.copyOf(pipelines);
    }

    /** The study on the instances of a catalog. */
    public static ScaleOutStudy of(Catalog catalog, Calibrations calibrations) {
        GenerationQuoter quoter = new GenerationQuoter(calibrations, GenerationCalibration.builtIn());
        Instance inf2 = catalog.instance("inf2.48xlarge");
        TransformerShape llama = TransformerShapes.of(Models.find("llama-3-8b"));
        TransformerShape gpt3 = TransformerShapes.of(Models.find("gpt3-175b"));
        return new ScaleOutStudy(
                quotes(quoter, Degrees.of(inf2, llama).stream()
                        .flatMap(degree -> Stream.of(1L, 16L)
                                .map(batch -> served(llama, inf2, degree, batch)))),
                quotes(quoter, Stream.of(1L, 4L, 8L, 16L, 32L).map(batch -> served(llama, inf2, CORES, batch))),
                quotes(quoter, Stream.of(inf2, catalog.instance("trn1.32xlarge"))
                        .flatMap(instance -> Stream.of(WeightStorage.BF16, WeightStorage.INT8)
                                .flatMap(storage -> Stream.of(1L, 2L, 8L, 16L)
                                        .map(batch -> largest(gpt3, instance, storage, batch))))),
                pipelines(catalog.instance("inf1.6xlarge"), calibrations));
    }

    private static List<GenerationQuote> quotes(GenerationQuoter quoter, Stream<Question> questions) {
        return questions
                .filter(each -> each.memory().fits())
                .map(each -> quoter.quote(each, SdkVersion.NEWEST))
                .toList();
    }

    private static Question served(TransformerShape shape, Instance instance, int degree, long batch) {
        return new Question(
                shape,
                instance,
                degree,
                GenerationRuntime.NEURONX_DISTRIBUTED,
                WeightStorage.BF16,
                GenerationRequest.of(batch, INPUT, OUTPUT));
    }

    private static Question largest(TransformerShape shape, Instance instance, WeightStorage storage, long batch) {
        return new Question(
                shape,
                instance,
                Degrees.of(instance, shape).getLast(),
                GenerationRuntime.TRANSFORMERS_NEURONX,
                storage,
                GenerationRequest.of(batch, INPUT, INPUT));
    }

    private static List<Choice> pipelines(Instance inf1, Calibrations calibrations) {
        Network network = Network.of(
                Models.find("bert-base-uncased"),
                Workload.ofBatch(1).withSequenceLength(128).withHead(TaskHead.SEQUENCE_CLASSIFICATION),
                CustomSupport.NONE);
        return new PipelineQuoter(calibrations)
                .choices(
                        network,
                        inf1,
                        Precision.compilerDefault(DataType.FP32, inf1.chip().core()),
                        PIPELINE_SDK);
    }
}
