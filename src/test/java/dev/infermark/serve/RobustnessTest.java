package dev.infermark.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server bears: bad clients, many clients, and its own end. */
@Timeout(60)
class RobustnessTest {
    private static final String BODY = TestServer.SMALL_REQUEST;
    private static final String HEAD = "POST /v2/models/small/infer HTTP/1.1\r\nHost: localhost\r\n";

    private static HttpRequest infer(TestServer server, HttpRequest.BodyPublisher body) {
        return HttpRequest.newBuilder(
                        URI.create("http://127.0.0.1:" + server.port() + "/v2/models/small/infer"))
                .POST(body)
                .build();
    }

    private static HttpRequest infer(TestServer server) {
        return infer(server, HttpRequest.BodyPublishers.ofString(BODY));
    }

    private static int status(HttpClient client, HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
    }

    private static Socket connect(TestServer server) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(10_000);
        return socket;
    }

    private static String statusLine(Socket socket) throws IOException {
        return String.valueOf(
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII))
                        .readLine());
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    @Test
    void aBodyOfAGigabyteIsRefusedBeforeItIsSent() throws IOException, InterruptedException {
        try (TestServer server = new TestServer(1 << 16, 100);
                Socket socket = connect(server)) {
            send(socket, HEAD + "Content-Length: 1073741824\r\n\r\n");
            assertEquals("HTTP/1.1 413 Request Entity Too Large", statusLine(socket));
        }
    }

    @Test
    void aBodyInPiecesIsRefusedWhenItHasBecomeTooLarge() throws IOException, InterruptedException {
        try (TestServer server = new TestServer(1 << 12, 100);
                Socket socket = connect(server)) {
            send(socket, HEAD + "Transfer-Encoding: chunked\r\n\r\n" + "1000\r\n" + " ".repeat(0x1000) + "\r\n"
                    + "1000\r\n" + " ".repeat(0x1000) + "\r\n");
            assertEquals("HTTP/1.1 413 Request Entity Too Large", statusLine(socket));
        }
    }

    @Test
    void aBodyThatIsCutShortHarmsNobodyElse() throws IOException, InterruptedException {
        try (TestServer server = new TestServer();
                HttpClient client = HttpClient.newHttpClient()) {
            try (Socket socket = connect(server)) {
                send(socket, HEAD + "Content-Length: 1000\r\n\r\n" + BODY.substring(0, 50));
            }
            assertEquals(200, status(client, infer(server)));
        }
    }

    @Test
    void aClientThatHangsUpLeavesNothingBehind() throws IOException, InterruptedException {
        try (TestServer server = new TestServer();
                HttpClient client = HttpClient.newHttpClient()) {
            for (int i = 0; i < 20; i++) {
                try (Socket socket = connect(server)) {
                    send(socket, HEAD + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY);
                }
            }
            assertEquals(200, status(client, infer(server)));
            assertEquals(0, server.stop());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "",
        "SSH-2.0-OpenSSH_9.2\r\n\r\n",
        "no protocol that anybody knows\r\n\r\n",
        "POST /v2/models/small/infer HTTP/1.1\r\nHost: localhost\r\n",
        "POST /v2/models/small/infer HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n{"
    })
    void aClientThatFallsSilentIsLeft(String said) throws IOException {
        try (TestServer server = new TestServer(Duration.ofMillis(200));
                Socket socket = connect(server)) {
            send(socket, said);
            // Whatever it is told, the connection ends.
            socket.getInputStream().readAllBytes();
        }
    }

    @Test
    void twoThousandConnectionsAreServedAtATime() throws IOException, InterruptedException {
        try (TestServer server = new TestServer(1 << 20, 10_000)) {
            List<Socket> sockets = new ArrayList<>();
            for (int i = 0; i < 2_000; i++) {
                sockets.add(connect(server));
            }
            for (Socket socket : sockets) {
                send(socket, HEAD + "Content-Length: " + BODY.length() + "\r\n\r\n" + BODY);
            }
            for (Socket socket : sockets) {
                assertEquals("HTTP/1.1 200 OK", statusLine(socket));
                socket.close();
            }
            assertEquals(2_000, server.statistics().of("small").answered());
            assertEquals(2_000, server.errors().count());
        }
    }

    @Test
    void aFullQueueTurnsAwayAndAnswersTheOthers() throws InterruptedException {
        try (TestServer server = new TestServer(1 << 20, 10);
                HttpClient client = HttpClient.newHttpClient()) {
            List<CompletableFuture<Integer>> statuses = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                statuses.add(client.sendAsync(infer(server), HttpResponse.BodyHandlers.ofString())
                        .thenApply(HttpResponse::statusCode));
            }
            long answered = 0;
            for (CompletableFuture<Integer> status : statuses) {
                assertTrue(Set.of(200, 503).contains(status.join()));
                answered += status.join() == 200 ? 1 : 0;
            }
            assertEquals(answered, server.statistics().of("small").answered());
            assertEquals(200 - answered, server.statistics().of("small").failed());
        }
    }

    @Test
    void atItsEndAServerAnswersWhatItHasAndRefusesWhatIsNew() throws IOException, InterruptedException {
        try (TestServer server = new TestServer(1 << 20, 10_000);
                HttpClient client = HttpClient.newHttpClient()) {
            assertEquals(200, status(client, infer(server)));
            List<CompletableFuture<HttpResponse<String>>> underWay = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                underWay.add(client.sendAsync(infer(server), HttpResponse.BodyHandlers.ofString()));
            }
            underWay.getFirst().join();
            assertEquals(0, server.stop());
            long answered = underWay.stream()
                    .filter(response -> response.handle((r, e) -> e == null && r.statusCode() == 200).join())
                    .count();
            // Beside the first one; whoever came before the end has been answered.
            assertEquals(server.statistics().of("small").answered(), answered + 1);
        }
    }
}
