package dev.infermark.serve.grpc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import dev.infermark.serve.TestServer;
import inference.InferTensorContents;
import inference.ModelInferRequest;
import inference.ModelInferRequest.InferInputTensor;
import inference.ModelInferRequest.InferRequestedOutputTensor;
import inference.ModelInferResponse;
import inference.ModelMetadataRequest;
import inference.ModelMetadataResponse;
import inference.ModelReadyRequest;
import inference.ServerLiveRequest;
import inference.ServerMetadataRequest;
import inference.ServerReadyRequest;
import io.grpc.CallOptions;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.okhttp.OkHttpChannelBuilder;
import io.grpc.stub.ClientCalls;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The Open Inference Protocol over gRPC, as the client of grpc-java sees it. */
class GrpcProtocolTest {
    private static final InferInputTensor IDS = InferInputTensor.newBuilder()
            .setName("ids")
            .setDatatype("INT64")
            .addAllShape(List.of(1L, 3L))
            .setContents(InferTensorContents.newBuilder().addAllInt64Contents(List.of(1L, 2L, 3L)))
            .build();
    private static final InferInputTensor FEATURES = InferInputTensor.newBuilder()
            .setName("features")
            .setDatatype("FP32")
            .addAllShape(List.of(1L, 2L))
            .setContents(InferTensorContents.newBuilder().addAllFp32Contents(List.of(1f, 2f)))
            .build();

    private static TestServer server;
    private static ManagedChannel channel;

    @BeforeAll
    static void start() {
        server = new TestServer();
        channel = OkHttpChannelBuilder.forAddress(
                        "127.0.0.1", server.port(), InsecureChannelCredentials.create())
                .build();
    }

    @AfterAll
    static void stop() {
        channel.shutdownNow();
        server.close();
    }

    private static <Q, R> R call(MethodDescriptor<Q, R> method, Q request) {
        return ClientCalls.blockingUnaryCall(channel, method, CallOptions.DEFAULT, request);
    }

    private static ModelInferRequest.Builder request(InferInputTensor... inputs) {
        return ModelInferRequest.newBuilder().setModelName("small").addAllInputs(List.of(inputs));
    }

    private static Status refusal(ModelInferRequest.Builder request) {
        return assertThrows(StatusRuntimeException.class, () -> call(GrpcMethods.MODEL_INFER, request.build()))
                .getStatus();
    }

    @Test
    void aRunningServerIsLiveAndReady() {
        assertTrue(call(GrpcMethods.SERVER_LIVE, ServerLiveRequest.getDefaultInstance())
                .getLive());
        assertTrue(call(GrpcMethods.SERVER_READY, ServerReadyRequest.getDefaultInstance())
                .getReady());
        assertTrue(call(
                        GrpcMethods.MODEL_READY,
                        ModelReadyRequest.newBuilder().setName("small").build())
                .getReady());
        assertEquals(
                "infermark",
                call(GrpcMethods.SERVER_METADATA, ServerMetadataRequest.getDefaultInstance())
                        .getName());
    }

    @Test
    void metadataNameTheTensorsAndSayThatAnswersAreNoPredictions() {
        ModelMetadataResponse metadata = call(
                GrpcMethods.MODEL_METADATA,
                ModelMetadataRequest.newBuilder().setName("small").setVersion("1").build());
        assertEquals("ids", metadata.getInputs(0).getName());
        assertEquals("INT64", metadata.getInputs(0).getDatatype());
        assertEquals(List.of(-1L, 3L), metadata.getInputs(0).getShapeList());
        assertEquals(List.of(-1L, 5L), metadata.getOutputs(0).getShapeList());
        assertTrue(metadata.getPropertiesOrThrow("outputs").startsWith("zeros"));
    }

    @Test
    void anInferenceGivesZerosOfTheShapesAndTheModelledTimes() {
        ModelInferResponse response = call(
                GrpcMethods.MODEL_INFER,
                request(IDS, FEATURES)
                        .setId("7")
                        .addOutputs(InferRequestedOutputTensor.newBuilder().setName("scores"))
                        .build());
        assertEquals("7", response.getId());
        assertEquals(List.of(1L, 5L), response.getOutputs(0).getShapeList());
        assertEquals(List.of(ByteString.copyFrom(new byte[20])), response.getRawOutputContentsList());
        assertTrue(response.getParametersOrThrow("modelled_latency_ms").getDoubleParam() >= 1);
    }

    @Test
    void dataMayComeRaw() {
        ModelInferResponse response = call(
                GrpcMethods.MODEL_INFER,
                request(IDS.toBuilder().clearContents().build(), FEATURES.toBuilder().clearContents().build())
                        .addRawInputContents(ByteString.copyFrom(new byte[24]))
                        .addRawInputContents(ByteString.copyFrom(new byte[8]))
                        .build());
        assertEquals(1, response.getOutputsCount());
    }

    @Test
    void whatDoesNotFitIsAnInvalidArgument() {
        ModelInferRequest.Builder shortRaw = request(IDS, FEATURES)
                .addRawInputContents(ByteString.copyFrom(new byte[23]))
                .addRawInputContents(ByteString.copyFrom(new byte[8]));
        assertEquals(Status.Code.INVALID_ARGUMENT, refusal(shortRaw).getCode());
        assertTrue(String.valueOf(refusal(shortRaw).getDescription()).contains("has 23 bytes instead of 24"));
        assertEquals(Status.Code.INVALID_ARGUMENT, refusal(request(IDS)).getCode());
        InferInputTensor otherType = IDS.toBuilder().setDatatype("INT32").build();
        assertEquals(Status.Code.INVALID_ARGUMENT, refusal(request(otherType, FEATURES)).getCode());
        InferInputTensor noType = IDS.toBuilder().setDatatype("COMPLEX").build();
        assertEquals(Status.Code.INVALID_ARGUMENT, refusal(request(noType, FEATURES)).getCode());
    }

    @Test
    void unknownModelsAndVersionsAreNotFound() {
        assertEquals(
                Status.Code.NOT_FOUND,
                refusal(request(IDS, FEATURES).setModelName("other")).getCode());
        assertEquals(
                Status.Code.NOT_FOUND,
                refusal(request(IDS, FEATURES).setModelVersion("2")).getCode());
    }

    @Test
    void manyInferencesShareOneConnection() throws InterruptedException {
        long before = server.statistics().of("small").answered();
        List<Thread> clients = IntStream.range(0, 20)
                .mapToObj(_ -> Thread.ofVirtual()
                        .start(() -> call(GrpcMethods.MODEL_INFER, request(IDS, FEATURES).build())))
                .toList();
        for (Thread client : clients) {
            client.join();
        }
        assertEquals(20, server.statistics().of("small").answered() - before);
    }
}
