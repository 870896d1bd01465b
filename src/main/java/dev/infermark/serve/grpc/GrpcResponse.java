package dev.infermark.serve.grpc;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnsafeByteOperations;
import dev.infermark.serve.model.ServedModel;
import dev.infermark.serve.model.TensorSpec;
import dev.infermark.serve.protocol.InferResponse;
import inference.InferParameter;
import inference.ModelInferResponse;
import inference.ModelMetadataResponse;
import inference.ModelMetadataResponse.TensorMetadata;
import java.util.List;

/** Answers as gRPC carries them. */
final class GrpcResponse {
    /** Zeros that all answers share; larger outputs repeat them, which takes no memory until it is sent. */
    private static final ByteString ZEROS = UnsafeByteOperations.unsafeWrap(new byte[1 << 16]);

    private GrpcResponse() {}

    static ModelInferResponse write(InferResponse response) {
        ModelInferResponse.Builder message = ModelInferResponse.newBuilder()
                .setModelName(response.model().name())
                .setModelVersion(ServedModel.VERSION)
                .putParameters("kind", text("modelled"))
                .putParameters("outputs", text(InferResponse.OUTPUT_NOTE))
                .putParameters("modelled_latency_ms", number(response.times().latencyMs()))
                .putParameters("modelled_queue_ms", number(response.times().queueMs()))
                .putParameters(
                        "batch_size",
                        InferParameter.newBuilder().setInt64Param(response.batch()).build());
        response.id().ifPresent(message::setId);
        for (TensorSpec output : response.outputs()) {
            message.addOutputs(ModelInferResponse.InferOutputTensor.newBuilder()
                    .setName(output.name())
                    .setDatatype(output.datatype().name())
                    .addAllShape(output.shape(response.batch())));
            message.addRawOutputContents(zeros(response.bytes(output)));
        }
        return message.build();
    }

    private static ByteString zeros(long bytes) {
        ByteString zeros = ZEROS.substring(0, (int) (bytes % ZEROS.size()));
        for (long left = bytes / ZEROS.size(); left > 0; left--) {
            zeros = zeros.concat(ZEROS);
        }
        return zeros;
    }

    private static InferParameter text(String value) {
        return InferParameter.newBuilder().setStringParam(value).build();
    }

    private static InferParameter number(double value) {
        return InferParameter.newBuilder().setDoubleParam(value).build();
    }

    static ModelMetadataResponse metadata(ServedModel model) {
        return ModelMetadataResponse.newBuilder()
                .setName(model.name())
                .addVersions(ServedModel.VERSION)
                .setPlatform(ServedModel.PLATFORM)
                .addAllInputs(tensors(model.inputs()))
                .addAllOutputs(tensors(model.outputs()))
                .putProperties("kind", "modelled")
                .putProperties("times", model.origin())
                .putProperties("outputs", InferResponse.OUTPUT_NOTE)
                .putProperties("batch_size", String.valueOf(model.placesPerCall()))
                .build();
    }

    private static List<TensorMetadata> tensors(List<TensorSpec> specs) {
        return specs.stream()
                .map(spec -> TensorMetadata.newBuilder()
                        .setName(spec.name())
                        .setDatatype(spec.datatype().name())
                        .addAllShape(spec.shape())
                        .build())
                .toList();
    }
}
