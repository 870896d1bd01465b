package dev.infermark.serve.openai;

import dev.infermark.base.UserError;
import dev.infermark.serve.generate.GeneratingModel;
import dev.infermark.serve.generate.GenerationService;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code /v1/models}, {@code /v1/completions} and {@code /v1/chat/completions}, with streams of server-sent events. */
public final class OpenAiRoutes implements HttpService {
    /** Bytes of a body beside its prompt: names, roles, what a client says about itself. */
    private static final long FRAME = 1L << 20;

    /** Most bytes of a token of a prompt: four characters, each written as two escapes. */
    private static final long TOKEN = 64;

    private final GenerationService service;
    private final AtomicLong count = new AtomicLong();
    private final long started = Instant.now().getEpochSecond();

    /** Routes of a model that generates. */
    public OpenAiRoutes(GenerationService service) {
        this.service = service;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/health", (_, response) -> response.send())
                .get("/v1/models", (_, response) ->
                        send(response, Map.of("object", "list", "data", List.of(description()))))
                .get("/v1/models/{model}", (request, response) -> answering(response, () -> {
                    String name = request.path().pathParameters().get("model");
                    if (!name.equals(service.model().name())) {
                        throw OpenAiException.noModel(name);
                    }
                    send(response, description());
                }))
                .post("/v1/completions", (request, response) ->
                        answering(response, () -> generate(Endpoint.COMPLETIONS, request, response)))
                .post("/v1/chat/completions", (request, response) ->
                        answering(response, () -> generate(Endpoint.CHAT, request, response)));
    }

    /** Something that answers a request. */
    @FunctionalInterface
    private interface Action {
        void run() throws IOException, InterruptedException;
    }

    private static void answering(ServerResponse response, Action action) throws IOException, InterruptedException {
        try {
            action.run();
        } catch (OpenAiException e) {
            response.status(e.status());
            send(response, e.body());
        }
    }

    private Map<String, Object> description() {
        GeneratingModel model = service.model();
        return Map.of(
                "id", model.name(),
                "object", "model",
                "created", started,
                "owned_by", "infermark",
                "root", model.origin(),
                "max_model_len", model.service().compiledTokens());
    }

    private static void send(ServerResponse response, Object content) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(JsonMapper.shared().writeValueAsBytes(content));
    }

    private void generate(Endpoint endpoint, ServerRequest request, ServerResponse response)
            throws IOException, InterruptedException {
        byte[] body = body(request);
        long arrival = service.clock().nanos();
        TextRequest asked = read(endpoint, body);
        Answers answers = new Answers(
                endpoint,
                endpoint.idPrefix() + "infermark-" + count.incrementAndGet(),
                Instant.now().getEpochSecond(),
                service.model().name(),
                asked);
        try (GenerationService.Generation generation =
                service.begin(asked.size(), arrival).orElseThrow(OpenAiException::overloaded)) {
            if (asked.delivery() == TextRequest.Delivery.WHOLE) {
                sendWhole(generation, answers, response);
            } else {
                stream(generation, answers, response);
            }
            generation.answered();
        }
    }

    /** A whole body, which is parsed at once; of one that is too long no more is read than shows it. */
    private byte[] body(ServerRequest request) throws IOException {
        int most = (int) Math.min(
                Integer.MAX_VALUE - 8L, FRAME + TOKEN * service.model().service().compiledTokens());
        byte[] body = request.content().inputStream().readNBytes(most + 1);
        if (body.length > most) {
            service.refused();
            throw OpenAiException.invalid(null, "the body is longer than any request that fits");
        }
        return body;
    }

    private TextRequest read(Endpoint endpoint, byte[] body) {
        try {
            JsonNode json = JsonMapper.shared().readTree(body);
            return TextRequest.read(endpoint, json, service.model());
        } catch (OpenAiException e) {
            service.refused();
            throw e;
        } catch (UserError e) {
            service.refused();
            throw OpenAiException.invalid(null, String.valueOf(e.getMessage()));
        } catch (JacksonException e) {
            service.refused();
            throw OpenAiException.invalid(null, "the body is no JSON that can be read; is it cut short?");
        }
    }

    private static void sendWhole(
            GenerationService.Generation generation, Answers answers, ServerResponse response)
            throws InterruptedException {
        byte[] whole = answers.whole();
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        while (generation.awaitToken()) {
            // All of it is sent with the last one.
        }
        response.send(whole);
    }

    private static void stream(GenerationService.Generation generation, Answers answers, ServerResponse response)
            throws IOException, InterruptedException {
        byte[] piece = answers.piece();
        byte[] last = answers.lastPiece();
        response.header(HeaderNames.CONTENT_TYPE, "text/event-stream; charset=utf-8");
        response.header(HeaderNames.CACHE_CONTROL, "no-cache");
        try (OutputStream out = response.outputStream()) {
            boolean hasMore = generation.awaitToken();
            write(out, answers.firstPiece(!hasMore));
            while (hasMore) {
                hasMore = generation.awaitToken();
                write(out, hasMore ? piece : last);
            }
            if (answers.request().delivery() == TextRequest.Delivery.STREAM_WITH_USAGE) {
                out.write(answers.usagePiece());
            }
            out.write(Answers.DONE);
        }
    }

    private static void write(OutputStream out, byte[] piece) throws IOException {
        out.write(piece);
        out.flush();
    }
}
