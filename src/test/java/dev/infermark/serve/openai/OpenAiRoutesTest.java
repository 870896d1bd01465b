package dev.infermark.serve.openai;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.runtime.continuous.DecodingService;
import dev.infermark.runtime.continuous.DecodingTimes;
import dev.infermark.runtime.continuous.Joining;
import dev.infermark.serve.InferenceServer;
import dev.infermark.serve.ServerSettings;
import dev.infermark.serve.device.Answer;
import dev.infermark.serve.device.ModelStatistics;
import dev.infermark.serve.generate.GeneratingModel;
import dev.infermark.serve.generate.GenerationService;
import dev.infermark.serve.pacing.Pacer;
import dev.infermark.serve.pacing.PacingErrors;
import dev.infermark.serve.pacing.TimeScale;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class OpenAiRoutesTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String COMPLETIONS = "/v1/completions";

    private final Pacer pacer = new Pacer();
    private final ModelStatistics statistics = new ModelStatistics();
    private final HttpClient client = HttpClient.newHttpClient();
    private final InferenceServer server = start();

    private InferenceServer start() {
        DecodingTimes times = new DecodingTimes() {
            @Override
            public double prefillSeconds(int prompts, long longestInput) {
                return 1e-3;
            }

            @Override
            public double stepSeconds(int active, long longestSequence) {
                return 1e-3;
            }
        };
        GenerationService service = new GenerationService(
                new GeneratingModel(
                        "llama", "modelled in a test", new DecodingService(1, 2, 100, Joining.CONTINUOUS, times), 1, 9),
                pacer,
                new TimeScale(pacer.nanos(), 1),
                new PacingErrors(),
                statistics);
        return InferenceServer.start(
                service,
                new ServerSettings("127.0.0.1", 0, 1 << 21, 100, Duration.ofSeconds(5), Duration.ofSeconds(5)),
                List.of(new OpenAiRoutes(service)),
                List.of());
    }

    @AfterEach
    void stop() throws Exception {
        client.close();
        server.stop();
        pacer.close();
    }

    private HttpResponse<String> send(HttpRequest.Builder request, String path) throws Exception {
        return client.send(
                request.uri(URI.create("http://127.0.0.1:" + server.port() + path)).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(String path, String json) throws Exception {
        return send(
                HttpRequest.newBuilder()
                        .POST(HttpRequest.BodyPublishers.ofString(json.replace('\'', '"'))),
                path);
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    private static List<JsonNode> pieces(String stream) {
        List<String> events = List.of(stream.split("\n\n"));
        assertEquals("data: [DONE]", events.getLast());
        return events.stream()
                .limit(events.size() - 1L)
                .map(event -> json(event.substring("data: ".length())))
                .toList();
    }

    @Test
    void listsTheModelWithItsContext() throws Exception {
        JsonNode listed = json(send(HttpRequest.newBuilder(), "/v1/models").body());
        assertEquals("llama", listed.at("/data/0/id").stringValue());
        assertEquals(100, listed.at("/data/0/max_model_len").intValue());
        assertEquals(200, send(HttpRequest.newBuilder(), "/v1/models/llama").statusCode());
        assertEquals(404, send(HttpRequest.newBuilder(), "/v1/models/other").statusCode());
    }

    @Test
    void completesWithPlaceholdersAndTheirUsage() throws Exception {
        JsonNode answer = json(post(COMPLETIONS, "{'model':'llama','prompt':[1,2,3],'max_tokens':4}").body());
        assertEquals(" _ _ _ _", answer.at("/choices/0/text").stringValue());
        assertEquals("length", answer.at("/choices/0/finish_reason").stringValue());
        assertEquals(3, answer.at("/usage/prompt_tokens").intValue());
        assertEquals(4, answer.at("/usage/completion_tokens").intValue());
        assertEquals(7, answer.at("/usage/total_tokens").intValue());
        // A client has its answer a little before it is counted.
        while (statistics.of("llama").answered() < 1) {
            Thread.sleep(Duration.ofMillis(1));
        }
        assertEquals(4, statistics.of("llama").executions());
    }

    @Test
    void countsATokenForEveryFourCharacters() throws Exception {
        JsonNode text = json(post(COMPLETIONS, "{'model':'llama','prompt':'hello'}").body());
        assertEquals(2, text.at("/usage/prompt_tokens").intValue());
        assertEquals(16, text.at("/usage/completion_tokens").intValue());
        JsonNode chat = json(post(CHAT, "{'model':'llama','messages':[{'role':'system','content':'12345678'},"
                        + "{'role':'user','content':[{'type':'text','text':'1234'}]}]}")
                .body());
        assertEquals(3, chat.at("/usage/prompt_tokens").intValue());
        assertEquals(97, chat.at("/usage/completion_tokens").intValue());
        assertEquals("assistant", chat.at("/choices/0/message/role").stringValue());
    }

    @Test
    void streamsAPieceForEachToken() throws Exception {
        HttpResponse<String> response = post(
                CHAT,
                "{'model':'llama','messages':[{'role':'user','content':'hi'}],'max_completion_tokens':3,'stream':true,"
                        + "'stream_options':{'include_usage':true}}");
        assertTrue(response.headers().firstValue("content-type").orElse("").startsWith("text/event-stream"));
        List<JsonNode> pieces = pieces(response.body());

        assertEquals(4, pieces.size());
        assertEquals("chat.completion.chunk", pieces.getFirst().path("object").stringValue());
        assertEquals("assistant", pieces.getFirst().at("/choices/0/delta/role").stringValue());
        assertTrue(pieces.get(1).at("/choices/0/delta/role").isMissingNode());
        assertTrue(pieces.get(1).at("/choices/0/finish_reason").isNull());
        assertEquals("length", pieces.get(2).at("/choices/0/finish_reason").stringValue());
        assertTrue(pieces.get(3).path("choices").isEmpty());
        assertEquals(3, pieces.get(3).at("/usage/completion_tokens").intValue());
    }

    @Test
    void streamsACompletionOfOneToken() throws Exception {
        List<JsonNode> pieces = pieces(
                post(COMPLETIONS, "{'model':'llama','prompt':'x','max_tokens':1,'stream':true}").body());
        assertEquals(1, pieces.size());
        assertEquals(" _", pieces.getFirst().at("/choices/0/text").stringValue());
        assertEquals("length", pieces.getFirst().at("/choices/0/finish_reason").stringValue());
        assertFalse(pieces.getFirst().has("usage"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "400 | ~~            | {'model':'llama'",
                "400 | ~~            | []",
                "404 | model         | {'model':'gpt','prompt':'x'}",
                "404 | model         | {'prompt':'x'}",
                "400 | prompt        | {'model':'llama'}",
                "400 | prompt        | {'model':'llama','prompt':['a','b']}",
                "400 | prompt        | {'model':'llama','prompt':[1,2],'max_tokens':99}",
                "400 | max_tokens    | {'model':'llama','prompt':'x','max_tokens':0}",
                "400 | max_tokens    | {'model':'llama','prompt':'x','max_tokens':'many'}",
                "400 | n             | {'model':'llama','prompt':'x','n':2}",
                "400 | n             | {'model':'llama','prompt':'x','n':99999999999999999999}",
                "400 | stream        | {'model':'llama','prompt':'x','stream':'yes'}",
                "400 | stream_options| {'model':'llama','prompt':'x','stream_options':{'include_usage':true}}"
            })
    void refusesInTheShapeOfTheApi(int status, String parameter, String body) throws Exception {
        HttpResponse<String> response = post(COMPLETIONS, body);
        assertEquals(status, response.statusCode());
        JsonNode error = json(response.body()).path("error");
        assertEquals("invalid_request_error", error.path("type").stringValue());
        assertEquals(parameter.isEmpty(), error.path("param").isNull());
        assertTrue(parameter.isEmpty() || error.path("param").stringValue().equals(parameter), response::body);
        assertFalse(error.path("message").stringValue().isEmpty());
        assertEquals(1, statistics.of("llama").count(Answer.Outcome.REFUSED));
    }

    @Test
    void refusesAMessageWithoutContent() throws Exception {
        HttpResponse<String> response =
                post(CHAT, "{'model':'llama','messages':[{'role':'user','content':[]}]}");
        assertEquals(400, response.statusCode(), response::body);
        assertEquals("messages", json(response.body()).at("/error/param").stringValue());
        assertEquals(1, statistics.of("llama").count(Answer.Outcome.REFUSED));
    }

    @Test
    void refusesABodyThatIsLongerThanAnyRequestThatFits() throws Exception {
        HttpResponse<String> response =
                post(COMPLETIONS, "{'model':'llama','prompt':'" + "x".repeat(3 << 19) + "'}");
        assertEquals(400, response.statusCode(), response::body);
        assertEquals(
                "the body is longer than any request that fits",
                json(response.body()).at("/error/message").stringValue());
        assertEquals(1, statistics.of("llama").count(Answer.Outcome.REFUSED));
    }

    @Test
    void aClientThatHangsUpLeavesNothingBehind() throws Exception {
        String body = "{\"model\":\"llama\",\"prompt\":\"x\",\"max_tokens\":99,\"stream\":true}";
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            socket.getOutputStream().write(("POST /v1/completions HTTP/1.1\r\nHost: x\r\nContent-Length: "
                            + body.length() + "\r\n\r\n" + body)
                    .getBytes(StandardCharsets.UTF_8));
            assertTrue(socket.getInputStream().read() >= 0);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        assertEquals(0, server.stop());
        assertEquals(
                1,
                statistics.of("llama").count(Answer.Outcome.ABANDONED)
                        + statistics.of("llama").count(Answer.Outcome.ANSWERED));
    }
}
