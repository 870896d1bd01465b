package dev.infermark.serve.grpc;

import com.google.protobuf.Message;
import inference.ModelInferRequest;
import inference.ModelInferResponse;
import inference.ModelMetadataRequest;
import inference.ModelMetadataResponse;
import inference.ModelReadyRequest;
import inference.ModelReadyResponse;
import inference.ServerLiveRequest;
import inference.ServerLiveResponse;
import inference.ServerMetadataRequest;
import inference.ServerMetadataResponse;
import inference.ServerReadyRequest;
import inference.ServerReadyResponse;
import io.grpc.MethodDescriptor;
import io.grpc.protobuf.ProtoUtils;

/** The methods of the protocol's service, as servers and clients of gRPC need them. */
public final class GrpcMethods {
    /** The service. */
    public static final String SERVICE = "inference.GRPCInferenceService";

    /** Whether the server answers at all. */
    public static final MethodDescriptor<ServerLiveRequest, ServerLiveResponse> SERVER_LIVE = unary(
            "ServerLive", ServerLiveRequest.getDefaultInstance(), ServerLiveResponse.getDefaultInstance());

    /** Whether the server takes inferences. */
    public static final MethodDescriptor<ServerReadyRequest, ServerReadyResponse> SERVER_READY = unary(
            "ServerReady", ServerReadyRequest.getDefaultInstance(), ServerReadyResponse.getDefaultInstance());

    /** Whether a model takes inferences. */
    public static final MethodDescriptor<ModelReadyRequest, ModelReadyResponse> MODEL_READY = unary(
            "ModelReady", ModelReadyRequest.getDefaultInstance(), ModelReadyResponse.getDefaultInstance());

    /** What the server is. */
    public static final MethodDescriptor<ServerMetadataRequest, ServerMetadataResponse> SERVER_METADATA = unary(
            "ServerMetadata", ServerMetadataRequest.getDefaultInstance(), ServerMetadataResponse.getDefaultInstance());

    /** What a model takes and gives. */
    public static final MethodDescriptor<ModelMetadataRequest, ModelMetadataResponse> MODEL_METADATA = unary(
            "ModelMetadata", ModelMetadataRequest.getDefaultInstance(), ModelMetadataResponse.getDefaultInstance());

    /** An inference. */
    public static final MethodDescriptor<ModelInferRequest, ModelInferResponse> MODEL_INFER = unary(
            "ModelInfer", ModelInferRequest.getDefaultInstance(), ModelInferResponse.getDefaultInstance());

    private GrpcMethods() {}

    private static <Q extends Message, R extends Message> MethodDescriptor<Q, R> unary(
            String name, Q request, R response) {
        return MethodDescriptor.<Q, R>newBuilder()
                .setType(MethodDescriptor.MethodType.UNARY)
                .setFullMethodName(MethodDescriptor.generateFullMethodName(SERVICE, name))
                .setRequestMarshaller(ProtoUtils.marshaller(request))
                .setResponseMarshaller(ProtoUtils.marshaller(response))
                .build();
    }
}
