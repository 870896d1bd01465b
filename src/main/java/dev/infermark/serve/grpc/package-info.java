/** The Open Inference Protocol over gRPC; its messages are generated from {@code open_inference_grpc.proto}. */
@org.jspecify.annotations.NullMarked
package dev.infermark.serve.grpc;
