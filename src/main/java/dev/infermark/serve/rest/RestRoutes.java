package dev.infermark.serve.rest;

import dev.infermark.serve.device.ModelStatistics;
import dev.infermark.serve.model.ServedModel;
import dev.infermark.serve.protocol.InferenceService;
import dev.infermark.serve.protocol.ProtocolException;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.HttpRules;
import io.helidon.webserver.http.HttpService;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import tools.jackson.databind.json.JsonMapper;

/** The addresses of the Open Inference Protocol below {@code /v2}. */
public final class RestRoutes implements HttpService {
    private static final HeaderName HEADER_LENGTH = HeaderNames.create("Inference-Header-Content-Length");

    /** Answers up to this size are put together before they are due; larger ones are written piece by piece. */
    private static final long SMALL = 1 << 16;

    private final InferenceService service;
    private final ModelStatistics statistics;
    private final String version;

    /**
     * Routes.
     *
     * @param version of the program
     */
    public RestRoutes(InferenceService service, ModelStatistics statistics, String version) {
        this.service = service;
        this.statistics = statistics;
        this.version = version;
    }

    @Override
    public void routing(HttpRules rules) {
        rules.get("/v2", (_, response) -> send(response, Descriptions.Server.of(version)))
                .get("/v2/health/live", (_, response) -> send(response, Map.of("live", true)))
                .get("/v2/health/ready", (_, response) -> ready(response, Map.of("ready", service.isReady())))
                .get("/v2/models/stats", (_, response) -> send(response, statistics(service.models().all())))
                .post("/v2/repository/index", (_, response) -> send(
                        response,
                        service.models().all().stream()
                                .map(Descriptions.Indexed::of)
                                .toList()));
        for (String model : List.of("/v2/models/{model}", "/v2/models/{model}/versions/{version}")) {
            rules.get(model, (request, response) -> send(response, Descriptions.Model.of(model(request))))
                    .get(model + "/ready", (request, response) -> ready(
                            response, Map.of("name", model(request).name(), "ready", service.isReady())))
                    .get(model + "/config", (request, response) -> send(
                            response, Descriptions.Configuration.of(model(request))))
                    .get(model + "/stats", (request, response) -> send(
                            response, statistics(List.of(model(request)))))
                    .post(model + "/infer", this::infer);
        }
    }

    private ServedModel model(ServerRequest request) {
        return service.require(
                request.path().pathParameters().get("model"),
                request.path().pathParameters().first("version").orElse(""));
    }

    private Descriptions.Statistics statistics(List<ServedModel> models) {
        return new Descriptions.Statistics(models.stream()
                .map(model -> Descriptions.ModelCounts.of(model, statistics))
                .toList());
    }

    private void ready(ServerResponse response, Object content) {
        response.status(service.isReady() ? Status.OK_200 : Status.SERVICE_UNAVAILABLE_503);
        send(response, content);
    }

    private static void send(ServerResponse response, Object content) {
        response.header(HeaderValues.CONTENT_TYPE_JSON);
        response.send(JsonMapper.shared().writeValueAsBytes(content));
    }

    private void infer(ServerRequest request, ServerResponse response) throws IOException, InterruptedException {
        ServedModel model = model(request);
        try {
            ArrivingBody body = new ArrivingBody(request.content().inputStream(), service.clock());
            RestRequest asked = RestRequest.read(body, headerLength(request));
            asked.requireInJson(model);
            try (InferenceService.Inference inference = service.begin(model, asked.request(), body.arrivalNanos())) {
                answer(inference, new RestResponse(inference.response(), asked::isBinary), response);
            }
        } catch (ProtocolException e) {
            throw service.counted(model, e);
        }
    }

    private static OptionalLong headerLength(ServerRequest request) {
        if (!request.headers().contains(HEADER_LENGTH)) {
            return OptionalLong.empty();
        }
        String text = request.headers().get(HEADER_LENGTH).get();
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            throw ProtocolException.invalid(
                    HEADER_LENGTH.defaultCase() + " is '" + text + "'; it must be a number of bytes");
        }
    }

    private static void answer(InferenceService.Inference inference, RestResponse answer, ServerResponse response)
            throws IOException, InterruptedException {
        long binaryBytes = answer.binaryBytes();
        if (binaryBytes == 0 && answer.jsonElements() > SMALL) {
            inference.awaitEnd();
            response.header(HeaderValues.CONTENT_TYPE_JSON);
            answer.writeJson(response.outputStream());
        } else {
            byte[] json = answer.json();
            if (binaryBytes == 0) {
                response.header(HeaderValues.CONTENT_TYPE_JSON);
            } else {
                response.header(HeaderValues.CONTENT_TYPE_OCTET_STREAM);
                response.header(HEADER_LENGTH, String.valueOf(json.length));
            }
            if (json.length + binaryBytes <= SMALL) {
                // What is beyond the JSON is zero, as the outputs are.
                byte[] all = Arrays.copyOf(json, json.length + (int) binaryBytes);
                inference.awaitEnd();
                response.send(all);
            } else {
                response.contentLength(json.length + binaryBytes);
                inference.awaitEnd();
                try (OutputStream out = response.outputStream()) {
                    out.write(json);
                    answer.writeBinary(out);
                }
            }
        }
        inference.answered();
    }
}
