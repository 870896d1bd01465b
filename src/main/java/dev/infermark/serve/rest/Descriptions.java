package dev.infermark.serve.rest;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.infermark.serve.device.ModelStatistics;
import dev.infermark.serve.model.ServedModel;
import dev.infermark.serve.model.TensorSpec;
import dev.infermark.serve.protocol.InferResponse;
import dev.infermark.serve.protocol.InferenceService;
import java.util.List;
import java.util.Map;

/** What is told of the server and its models, as JSON has it: the protocol's metadata and Triton's extensions. */
final class Descriptions {
    private static final double NANOS = 1e9;

    /** Of the server. */
    record Server(String name, String version, List<String> extensions) {
        static Server of(String version) {
            return new Server(
                    InferenceService.NAME,
                    version,
                    List.of("binary_tensor_data", "model_configuration", "model_repository", "statistics"));
        }
    }

    /** Of a model. */
    record Model(
            String name,
            List<String> versions,
            String platform,
            List<TensorMetadata> inputs,
            List<TensorMetadata> outputs,
            Map<String, Object> parameters) {

        static Model of(ServedModel model) {
            return new Model(
                    model.name(),
                    List.of(ServedModel.VERSION),
                    ServedModel.PLATFORM,
                    model.inputs().stream().map(TensorMetadata::of).toList(),
                    model.outputs().stream().map(TensorMetadata::of).toList(),
                    Map.of(
                            "kind", "modelled",
                            "times", model.origin(),
                            "outputs", InferResponse.OUTPUT_NOTE,
                            "batch_size", model.placesPerCall()));
        }
    }

    /** Of an input or output. */
    record TensorMetadata(String name, String datatype, List<Long> shape) {
        static TensorMetadata of(TensorSpec spec) {
            return new TensorMetadata(spec.name(), spec.datatype().name(), spec.shape());
        }
    }

    /** A model's configuration, of Triton's extension. */
    record Configuration(
            String name,
            String platform,
            String backend,
            @JsonProperty("max_batch_size") int maxBatchSize,
            List<ConfiguredTensor> input,
            List<ConfiguredTensor> output,
            @JsonProperty("dynamic_batching") Map<String, Object> dynamicBatching) {

        static Configuration of(ServedModel model) {
            return new Configuration(
                    model.name(),
                    ServedModel.PLATFORM,
                    InferenceService.NAME,
                    model.maxBatch(),
                    model.inputs().stream().map(ConfiguredTensor::of).toList(),
                    model.outputs().stream().map(ConfiguredTensor::of).toList(),
                    Map.of("preferred_batch_size", List.of(model.placesPerCall())));
        }
    }

    /** An input or output of a configuration. */
    record ConfiguredTensor(String name, @JsonProperty("data_type") String dataType, List<Long> dims) {
        static ConfiguredTensor of(TensorSpec spec) {
            return new ConfiguredTensor(spec.name(), "TYPE_" + spec.datatype().name(), spec.shapeOfOne());
        }
    }

    /** Models of the server, of Triton's repository extension. */
    record Indexed(String name, String version, String state, String reason) {
        static Indexed of(ServedModel model) {
            return new Indexed(model.name(), ServedModel.VERSION, "READY", "");
        }
    }

    /** Counts and times of models, of Triton's extension. */
    record Statistics(@JsonProperty("model_stats") List<ModelCounts> models) {}

    /** Counts and times of one model. */
    record ModelCounts(
            String name,
            String version,
            @JsonProperty("inference_count") long inferences,
            @JsonProperty("execution_count") long executions,
            @JsonProperty("inference_stats") Map<String, Duration> times,
            @JsonProperty("batch_stats") List<BatchCounts> batches) {

        static ModelCounts of(ServedModel model, ModelStatistics statistics) {
            ModelStatistics.Counts counts = statistics.of(model.name());
            long answered = counts.answered();
            return new ModelCounts(
                    model.name(),
                    ServedModel.VERSION,
                    counts.inferences(),
                    counts.executions(),
                    Map.of(
                            "success", Duration.of(answered, counts.queueSeconds() + counts.computeSeconds()),
                            "fail", Duration.of(counts.failed(), 0),
                            "queue", Duration.of(answered, counts.queueSeconds()),
                            "compute_input", Duration.of(answered, 0),
                            "compute_infer", Duration.of(answered, counts.computeSeconds()),
                            "compute_output", Duration.of(answered, 0)),
                    counts.batches().entrySet().stream()
                            .map(batch -> BatchCounts.of(batch.getKey(), batch.getValue()))
                            .toList());
        }
    }

    /** Calls of one size. */
    record BatchCounts(
            @JsonProperty("batch_size") int size,
            @JsonProperty("compute_input") Duration input,
            @JsonProperty("compute_infer") Duration infer,
            @JsonProperty("compute_output") Duration output) {

        static BatchCounts of(int size, ModelStatistics.Batch batch) {
            Duration none = Duration.of(batch.executions(), 0);
            return new BatchCounts(size, none, Duration.of(batch.executions(), batch.seconds()), none);
        }
    }

    /** How often something took place, and how long that took together. */
    record Duration(long count, long ns) {
        static Duration of(long count, double seconds) {
            return new Duration(count, Math.round(seconds * NANOS));
        }
    }

    private Descriptions() {}
}
