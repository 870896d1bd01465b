/**
 * The modelled device as a server: the Open Inference Protocol (KServe version 2) over HTTP and gRPC, each answer after
 * its modelled time, queueing included.
 *
 * <p>Two seams are open to what else is served. A {@link dev.infermark.serve.device.ServingListener} is told of every
 * call of the device and of every answer. A {@link io.helidon.webserver.http.HttpService} adds addresses of its own.
 * Both are handed to {@link dev.infermark.serve.InferenceServer#start}.
 */
@org.jspecify.annotations.NullMarked
package dev.infermark.serve;
