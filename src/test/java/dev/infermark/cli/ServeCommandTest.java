package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ServeCommandTest {
    private static final Pattern ADDRESS = Pattern.compile("listening on (http://127.0.0.1:\\d+)");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private String address() throws InterruptedException {
        Matcher matcher = ADDRESS.matcher(out.toString());
        while (!matcher.find()) {
            Thread.sleep(Duration.ofMillis(5));
            matcher = ADDRESS.matcher(out.toString());
        }
        return matcher.group(1);
    }

    @Test
    void modelsAreServedUntilTheEndWhichTellsHowWellAnswersWerePaced() throws IOException, InterruptedException {
        CompletableFuture<Integer> status = new CompletableFuture<>();
        Thread server = Thread.ofPlatform().start(() -> status.complete(run(
                "serve", "--model", "bert-tiny", "--model", "tiny=bert-tiny", "--batch", "2", "--port", "0",
                "--time-scale", "10")));
        String address = address();
        try (HttpClient client = HttpClient.newHttpClient()) {
            String body = """
                    {"inputs":[NAMED],"outputs":[]}"""
                    .replace("NAMED", input("input_ids") + "," + input("attention_mask") + ","
                            + input("token_type_ids"));
            HttpResponse<String> response = client.send(
                    HttpRequest.newBuilder(URI.create(address + "/v2/models/tiny/infer"))
                            .POST(HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertEquals(200, response.statusCode(), response.body());
            assertTrue(response.body().contains("\"model_name\":\"tiny\""), response.body());
        }
        server.interrupt();
        assertEquals(0, status.join());
        assertTrue(out.toString().contains("bert-tiny: modelled bert-tiny on inf2.xlarge, 1 copy, batch 2"),
                out.toString());
        assertTrue(out.toString().contains("1 answer, "), out.toString());
    }

    private static String input(String name) {
        return "{\"name\":\"" + name + "\",\"datatype\":\"INT64\",\"shape\":[1,128],\"data\":["
                + "0,".repeat(127) + "0]}";
    }

    @Test
    void whatCannotBeServedIsRefusedInOneLine() throws IOException {
        assertEquals(2, run("serve"));
        assertEquals(2, run("serve", "--model", "no-such-model"));
        assertEquals(2, run("serve", "--model", "bert-tiny", "--model", "bert-tiny", "--model", "resnet50"));
        assertEquals(2, run("serve", "--model", "a b=bert-tiny"));
        assertEquals(2, run("serve", "--model", "bert-tiny", "--port", "70000"));
        assertEquals(2, run("serve", "--model", "bert-tiny", "--time-scale", "0"));
        assertEquals(2, run("serve", "--model", "bert-tiny", "--max-body", "0"));
        for (String timeout : new String[] {"--idle-timeout", "--drain-timeout"}) {
            assertEquals(2, run("serve", "--model", "bert-tiny", timeout, "0ms"));
            assertEquals(2, run("serve", "--model", "bert-tiny", timeout, "86401s"));
        }
        assertEquals(2, run("serve", "--model", "bert-tiny", "--queue-limit", "0"));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertEquals(2, run("serve", "--model", "bert-tiny", "--port", String.valueOf(taken.getLocalPort())));
        }
        assertEquals(13, err.toString().lines().count(), err.toString());
        assertTrue(err.toString().contains("3 models of 1 cores each do not fit the 2 cores of inf2.xlarge"));
        assertTrue(err.toString().contains("the idle timeout cannot be 0.0 s; give 1 ms to 1 day"), err.toString());
        assertTrue(err.toString().contains("the drain timeout cannot be 86401.0 s; give 1 ms"), err.toString());
        assertTrue(err.toString().contains("--queue-limit 0 takes no request; give 1 or more"), err.toString());
        assertTrue(err.toString().contains("give another --port"), err.toString());
    }
}
