package dev.infermark.cli;

import dev.infermark.serve.metrics.MemoryClass;
import dev.infermark.serve.protocol.Draining;
import io.grpc.ServerServiceDefinition;
import io.helidon.webserver.http.HttpService;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;

/**
 * What a server of one kind of models is put together from.
 *
 * @param service what answers
 * @param routes its addresses of HTTP
 * @param grpc its services of gRPC
 * @param origins where the times of each model come from, by served name, in order
 * @param memory bytes that each NeuronCore in use holds
 */
record Served(
        Draining service,
        List<HttpService> routes,
        List<ServerServiceDefinition> grpc,
        Map<String, String> origins,
        SortedMap<Integer, Map<MemoryClass, Long>> memory) {}
