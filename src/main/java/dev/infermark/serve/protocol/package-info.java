/** The Open Inference Protocol, version 2, as far as HTTP and gRPC have it in common, and its JSON. */
@org.jspecify.annotations.NullMarked
package dev.infermark.serve.protocol;
