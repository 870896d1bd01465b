package dev.infermark.serve.rest;

import dev.infermark.serve.protocol.ProtocolException;
import io.helidon.http.DirectHandler;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpException;
import io.helidon.http.RequestException;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.DirectHandlers;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** Failures as the protocol has them: a status, and a JSON object with the text {@code error}. */
public final class RestErrors {
    private static final Logger LOGGER = Logger.getLogger(RestErrors.class.getName());

    private RestErrors() {}

    /** Answers failures of all addresses. */
    public static void addTo(HttpRouting.Builder routing) {
        routing.error(ProtocolException.class, (_, response, e) -> send(response, status(e.kind()), e.text()));
        routing.error(
                HttpException.class, (_, response, e) -> send(response, e.status(), String.valueOf(e.getMessage())));
        routing.error(RequestException.class, (_, _, e) -> {
            throw e;
        });
        routing.error(Exception.class, (_, response, e) -> fault(response, e));
    }

    /** A fault of the program, unless the client is gone. */
    private static void fault(ServerResponse response, Exception e) {
        if (e instanceof IOException || e instanceof UncheckedIOException) {
            throw new CloseConnectionException("the client is gone", e);
        }
        LOGGER.log(Level.SEVERE, "a request failed by a fault of infermark", e);
        send(response, Status.INTERNAL_SERVER_ERROR_500, "a fault of infermark: " + e);
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
            handlers.addHandler(type, (_, _, status, _, message) -> DirectHandler.TransportResponse.builder()
                    .status(status)
                    .header(HeaderValues.CONTENT_TYPE_JSON)
                    .entity(body(text(message, status)))
                    .keepAlive(false)
                    .build());
        }
        return handlers.build();
    }

    private static String text(@Nullable String message, Status status) {
        return message == null || message.isBlank() ? status.reasonPhrase() : message;
    }
}
