package dev.infermark.serve.grpc;

import dev.infermark.serve.model.ServedModel;
import dev.infermark.serve.protocol.InferenceService;
import dev.infermark.serve.protocol.ProtocolException;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import inference.ModelReadyResponse;
import inference.ServerLiveResponse;
import inference.ServerMetadataResponse;
import inference.ServerReadyResponse;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.util.function.Supplier;

/** The protocol's service of gRPC. */
public final class GrpcInference {
    private final InferenceService service;
    private final String version;

    private GrpcInference(InferenceService service, String version) {
        this.service = service;
        this.version = version;
    }

    /**
     * The service.
     *
     * @param version of the program
     */
    public static ServerServiceDefinition of(InferenceService service, String version) {
        return new GrpcInference(service, version).definition();
    }

    private ServerServiceDefinition definition() {
        return ServerServiceDefinition.builder(GrpcMethods.SERVICE)
                .addMethod(
                        GrpcMethods.SERVER_LIVE,
                        ServerCalls.asyncUnaryCall((_, answer) -> answer(answer, () -> ServerLiveResponse.newBuilder()
                                .setLive(true)
                                .build())))
                .addMethod(
                        GrpcMethods.SERVER_READY,
                        ServerCalls.asyncUnaryCall((_, answer) -> answer(answer, () -> ServerReadyResponse.newBuilder()
                                .setReady(service.isReady())
                                .build())))
                .addMethod(
                        GrpcMethods.MODEL_READY,
                        ServerCalls.asyncUnaryCall((request, answer) -> answer(answer, () -> {
                            service.require(request.getName(), request.getVersion());
                            return ModelReadyResponse.newBuilder()
                                    .setReady(service.isReady())
                                    .build();
                        })))
                .addMethod(
                        GrpcMethods.SERVER_METADATA,
                        ServerCalls.asyncUnaryCall((_, answer) -> answer(answer, this::metadata)))
                .addMethod(
                        GrpcMethods.MODEL_METADATA,
                        ServerCalls.asyncUnaryCall((request, answer) -> answer(
                                answer,
                                () -> GrpcResponse.metadata(
                                        service.require(request.getName(), request.getVersion())))))
                .addMethod(GrpcMethods.MODEL_INFER, ServerCalls.asyncUnaryCall(this::infer))
                .build();
    }

    private ServerMetadataResponse metadata() {
        return ServerMetadataResponse.newBuilder()
                .setName(InferenceService.NAME)
                .setVersion(version)
                .build();
    }

    private static <T> void answer(StreamObserver<T> observer, Supplier<T> response) {
        try {
            observer.onNext(response.get());
            observer.onCompleted();
        } catch (ProtocolException e) {
            observer.onError(status(e).asRuntimeException());
        }
    }

    private void infer(ModelInferRequest message, StreamObserver<ModelInferResponse> observer) {
        long arrivalNanos = service.clock().nanos();
        try {
            infer(service.require(message.getModelName(), message.getModelVersion()), message, arrivalNanos, observer);
        } catch (ProtocolException e) {
            observer.onError(status(e).asRuntimeException());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            observer.onError(Status.UNAVAILABLE.withDescription("the server ends").asRuntimeException());
        }
    }

    private void infer(
            ServedModel model,
            ModelInferRequest message,
            long arrivalNanos,
            StreamObserver<ModelInferResponse> observer)
            throws InterruptedException {
        try (InferenceService.Inference inference =
                service.begin(model, GrpcRequest.read(message), arrivalNanos)) {
            ModelInferResponse response = GrpcResponse.write(inference.response());
            inference.awaitEnd();
            observer.onNext(response);
            observer.onCompleted();
            inference.answered();
        } catch (ProtocolException e) {
            throw service.counted(model, e);
        }
    }

    private static Status status(ProtocolException e) {
        Status status = switch (e.kind()) {
            case INVALID -> Status.INVALID_ARGUMENT;
            case NOT_FOUND -> Status.NOT_FOUND;
            case UNAVAILABLE -> Status.UNAVAILABLE;
            case UNSUPPORTED -> Status.UNIMPLEMENTED;
        };
        return status.withDescription(e.text());
    }
}
