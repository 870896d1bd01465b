package dev.infermark.serve.rest;

import dev.infermark.serve.protocol.ProtocolException;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.Status;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Failures as the protocol has them: a status, and a JSON object with the text {@code error}. */
public final class RestErrors {
    private RestErrors() {}

    /** Answers failures of all addresses. */
    public static void addTo(HttpRouting.Builder routing) {
        routing.error(ProtocolException.class, (_, response, e) -> send(response, status(e.kind()), e.text()));
        routing.error(
                HttpException.class, (_, response, e) -> send(response, e.status(), String.valueOf(e.getMessage())));
    }

    private static void send(ServerResponse response, Status status, String message) {
        response.status(status);
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(body(message));
    }

    private static byte[] body(String message) {
        return JsonMapper.shared().writeValueAsBytes(Map.of("error", message));
    }

    private static Status status(ProtocolException.Kind kind) {
        return switch (kind) {
            case INVALID -> Status.BAD_REQUEST_400;
            case NOT_FOUND -> Status.NOT_FOUND_404;
            case UNAVAILABLE -> Status.SERVICE_UNAVAILABLE_503;
            case UNSUPPORTED -> Status.NOT_IMPLEMENTED_501;
        };
    }

    /** Answers what fails before it comes to an address. */
    public static DirectHandlers handlers() {
        DirectHandlers.Builder handlers = DirectHandlers.builder();
        for (DirectHandler.EventType type : DirectHandler.EventType.values()) {
            handlers.addHandler(type, (_, eventType, status, _, message) -> DirectHandler.TransportResponse.builder()
                    .status(status)
                    .header(HeaderValues.CONTENT_TYPE_JSON)
                    .entity(body(message.isEmpty() ? eventType.name() : message))
                    .keepAlive(false)
                    .build());
        }
        return handlers.build();
    }
}
