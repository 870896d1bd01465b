package dev.infermark.serve.rest;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.serve.TestServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The Open Inference Protocol over HTTP, as the JDK's client sees it. */
class RestProtocolTest {
    private static final String IDS = "{'name':'ids','datatype':'INT64','shape':[2,3],'data':[[1,2,3],[4,5,6]]}";
    private static final String FEATURES = "{'name':'features','datatype':'FP32','shape':[2,2],'data':[1,2.5,3e0,4]}";

    private static TestServer server;
    private static HttpClient client;

    @BeforeAll
    static void start() {
        server = new TestServer();
        client = HttpClient.newHttpClient();
    }

    @AfterAll
    static void stop() {
        client.close();
        server.close();
    }

    private static HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    }

    private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
    }

    private static HttpResponse<String> post(String path, String body) throws IOException, InterruptedException {
        return client.send(
                request(path).POST(HttpRequest.BodyPublishers.ofString(body.replace('\'', '"'))).build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode json(String text) {
        return JsonMapper.shared().readTree(text);
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "/v2/health/live; {'live':true}",
                "/v2/health/ready; {'ready':true}",
                "/v2/models/small/ready; {'name':'small','ready':true}",
                "/v2/models/small/versions/1/ready; {'name':'small','ready':true}",
            })
    void aRunningServerIsLiveAndReady(String path, String body) throws IOException, InterruptedException {
        HttpResponse<String> response = get(path);
        assertEquals(200, response.statusCode());
        assertEquals(json(body.replace('\'', '"')), json(response.body()));
    }

    @Test
    void metadataNameTheTensorsAndSayThatAnswersAreNoPredictions() throws IOException, InterruptedException {
        JsonNode model = json(get("/v2/models/small/versions/1").body());
        assertEquals("small", model.get("name").stringValue());
        assertEquals(
                json("[{\"name\":\"ids\",\"datatype\":\"INT64\",\"shape\":[-1,3]},"
                        + "{\"name\":\"features\",\"datatype\":\"FP32\",\"shape\":[-1,2]}]"),
                model.get("inputs"));
        assertEquals(
                json("[{\"name\":\"scores\",\"datatype\":\"FP32\",\"shape\":[-1,5]}]"), model.get("outputs"));
        assertEquals("modelled", model.get("parameters").get("kind").stringValue());
        assertTrue(model.get("parameters").get("outputs").stringValue().startsWith("zeros"));
        assertEquals(
                json("[{\"name\":\"image\",\"datatype\":\"FP16\",\"shape\":[2,2]}]"),
                json(get("/v2/models/fixed").body()).get("inputs"));
    }

    @Test
    void theConfigurationIsAsTritonsClientsReadIt() throws IOException, InterruptedException {
        JsonNode config = json(get("/v2/models/small/config").body());
        assertEquals(4, config.get("max_batch_size").intValue());
        assertEquals(
                json("{\"name\":\"ids\",\"data_type\":\"TYPE_INT64\",\"dims\":[3]}"), config.get("input").get(0));
        assertEquals(
                json("[{\"name\":\"small\",\"version\":\"1\",\"state\":\"READY\",\"reason\":\"\"},"
                        + "{\"name\":\"fixed\",\"version\":\"1\",\"state\":\"READY\",\"reason\":\"\"}]"),
                json(post("/v2/repository/index", "").body()));
    }

    @Test
    void anInferenceGivesZerosOfTheShapesAndTheModelledTimes() throws IOException, InterruptedException {
        HttpResponse<String> response = post(
                "/v2/models/small/infer", "{'id':'7','inputs':[" + IDS + "," + FEATURES + "],'unknown':{}}");
        assertEquals(200, response.statusCode(), response.body());
        JsonNode answer = json(response.body());
        assertEquals("7", answer.get("id").stringValue());
        assertEquals(
                json("[{\"name\":\"scores\",\"datatype\":\"FP32\",\"shape\":[2,5],"
                        + "\"data\":[0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0,0.0]}]"),
                answer.get("outputs"));
        JsonNode parameters = answer.get("parameters");
        assertEquals("modelled", parameters.get("kind").stringValue());
        assertTrue(parameters.get("modelled_latency_ms").doubleValue() >= 1, response.body());
    }

    @Test
    void tensorsGoAndComeAsBinaryData() throws IOException, InterruptedException {
        String header = ("{'inputs':[{'name':'ids','datatype':'INT64','shape':[1,3],'parameters':"
                        + "{'binary_data_size':24}},{'name':'features','datatype':'FP32','shape':[1,2],'data':[1,2]}],"
                        + "'parameters':{'binary_data_output':true}}")
                .replace('\'', '"');
        byte[] body = Arrays.copyOf(header.getBytes(StandardCharsets.UTF_8), header.length() + 24);
        HttpResponse<byte[]> response = client.send(
                request("/v2/models/small/infer")
                        .header("Inference-Header-Content-Length", String.valueOf(header.length()))
                        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        assertEquals(200, response.statusCode());
        int jsonLength = Integer.parseInt(response.headers()
                .firstValue("Inference-Header-Content-Length")
                .orElseThrow());
        JsonNode output = json(new String(response.body(), 0, jsonLength, StandardCharsets.UTF_8))
                .get("outputs")
                .get(0);
        assertEquals(20, output.get("parameters").get("binary_data_size").intValue());
        assertArrayEquals(
                new byte[20], Arrays.copyOfRange(response.body(), jsonLength, response.body().length));
    }

    @ParameterizedTest
    @CsvSource(
            quoteCharacter = '`',
            delimiter = ';',
            value = {
                "{'inputs':[; is not valid JSON",
                "{'id':'1'}; inputs is missing",
                "{'inputs':[]}; input 'ids' of model 'small' is missing",
                "{'inputs':[IDS]}; input 'features' of model 'small' is missing",
                "{'inputs':[IDS,IDS,FEATURES]}; input 'ids' is given twice",
                "{'inputs':[IDS,FEATURES,{'name':'x','datatype':'FP32','shape':[1],'data':[1]}]}; unexpected inference "
                        + "input 'x'",
                "{'inputs':[IDS,FEATURES],'outputs':[{'name':'y'}]}; unexpected inference output 'y'",
                "{'inputs':[{'name':'ids','datatype':'INT32','shape':[1,3],'data':[1,2,3]},FEATURES]}; expects 'INT64'",
                "{'inputs':[{'name':'ids','datatype':'INT64','shape':[1,4],'data':[1,2,3,4]},FEATURES]}; unexpected "
                        + "shape [1, 4] of input 'ids'",
                "{'inputs':[{'name':'ids','datatype':'INT64','shape':[1,3],'data':[1,2]},FEATURES]}; 2 elements of "
                        + "data instead of 3",
                "{'inputs':[{'name':'ids','datatype':'INT64','shape':[1,3],'data':[1,2.5,3]},FEATURES]}; not of its "
                        + "datatype INT64",
                "{'inputs':[{'name':'ids','datatype':'INT64','shape':[1,3],'data':['a','b','c']},FEATURES]}; not of "
                        + "its datatype INT64",
                "{'inputs':[{'name':'ids','datatype':'INT64','shape':[1,3],'data':[1,2,3]},FEATURES]}; has one of 1",
                "{'inputs':[{'name':'ids','datatype':'INT64','shape':[-1,3],'data':[]},FEATURES]}; impossible shape",
                "{'inputs':[{'name':'ids','datatype':'INT64','shape':[1,3]},FEATURES]}; has no data",
                "{'inputs':[{'name':'ids','datatype':'INT64','shape':[9223372036854775807,3],'data':[]},FEATURES]}; "
                        + "impossible shape",
            })
    void whatDoesNotFitIsRefusedByTheProtocolsError(String body, String reason)
            throws IOException, InterruptedException {
        HttpResponse<String> response =
                post("/v2/models/small/infer", body.replace("IDS", IDS).replace("FEATURES", FEATURES));
        String error = json(response.body()).get("error").stringValue();
        assertAll(
                () -> assertEquals(400, response.statusCode()),
                () -> assertTrue(error.contains(reason), error),
                () -> assertTrue(error.lines().count() == 1, error));
    }

    @Test
    void unknownModelsVersionsAndAddressesAreNotFound() throws IOException, InterruptedException {
        for (String path : new String[] {"/v2/models/other", "/v2/models/small/versions/2", "/v2/other", "/"}) {
            HttpResponse<String> response = get(path);
            assertEquals(404, response.statusCode());
            assertTrue(json(response.body()).has("error"), response.body());
        }
    }

    @Test
    void halfPrecisionComesAsBinaryDataOnly() throws IOException, InterruptedException {
        HttpResponse<String> response = post(
                "/v2/models/fixed/infer",
                "{'inputs':[{'name':'image','datatype':'FP16','shape':[2,2],'data':[1,2,3,4]}]}");
        assertEquals(400, response.statusCode());
        assertTrue(response.body().contains("send it as binary data"), response.body());
    }

    @Test
    void statisticsCountCallsAndRefusals() throws IOException, InterruptedException {
        server.statistics();
        JsonNode before = json(get("/v2/models/small/stats").body()).get("model_stats").get(0);
        post("/v2/models/small/infer", "{'inputs':[" + IDS + "," + FEATURES + "]}");
        post("/v2/models/small/infer", "{}");
        server.statistics();
        JsonNode after = json(get("/v2/models/small/stats").body()).get("model_stats").get(0);
        assertEquals(2, after.get("inference_count").intValue() - before.get("inference_count").intValue());
        assertEquals(1, count(after, "success") - count(before, "success"));
        assertEquals(1, count(after, "fail") - count(before, "fail"));
    }

    private static int count(JsonNode model, String what) {
        return model.get("inference_stats").get(what).get("count").intValue();
    }
}
