package dev.infermark.serve.openai;

import io.helidon.http.Status;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A request that is answered by an error of the API. */
final class OpenAiException extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final transient Status status;
    private final String type;
    private final @Nullable String parameter;
    private final @Nullable String code;

    private OpenAiException(
            Status status, String type, @Nullable String parameter, @Nullable String code, String message) {
        super(message, null, false, false);
        this.status = status;
        this.type = type;
        this.parameter = parameter;
        this.code = code;
    }

    /** A request that the API or this server does not take. */
    static OpenAiException invalid(@Nullable String parameter, String message) {
        return new OpenAiException(Status.BAD_REQUEST_400, "invalid_request_error", parameter, null, message);
    }

    /** A request that is longer than a slot. */
    static OpenAiException tooLong(String parameter, String message) {
        return new OpenAiException(
                Status.BAD_REQUEST_400, "invalid_request_error", parameter, "context_length_exceeded", message);
    }

    /** A model that is not here. */
    static OpenAiException noModel(String name) {
        return new OpenAiException(
                Status.NOT_FOUND_404,
                "invalid_request_error",
                "model",
                "model_not_found",
                "The model '" + name + "' does not exist");
    }

    /** A server that takes no more. */
    static OpenAiException overloaded() {
        return new OpenAiException(
                Status.SERVICE_UNAVAILABLE_503,
                "service_unavailable_error",
                null,
                null,
                "The queue is full, or the server is about to end");
    }

    Status status() {
        return status;
    }

    /** The body of the answer. */
    Map<String, Object> body() {
        Map<String, @Nullable Object> error = new LinkedHashMap<>();
        error.put("message", getMessage());
        error.put("type", type);
        error.put("param", parameter);
        error.put("code", code);
        return Map.of("error", error);
    }
}
