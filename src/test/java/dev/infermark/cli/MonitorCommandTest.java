package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MonitorCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<String> asked = new ArrayList<>();

    private int run(String... arguments) {
        return Infermark.run(new PrintWriter(out), new PrintWriter(err), arguments);
    }

    private int monitorOf(int status, String body) throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
            exchange.close();
        });
        server.start();
        try {
            return run(
                    "monitor", "--url", "http://localhost:" + server.getAddress().getPort(), "--period", "500ms",
                    "--count", "2");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void printsTheLinesOfTheServer() throws Exception {
        assertEquals(0, monitorOf(200, "{\"a\":1}\n{\"a\":2}\n"), err::toString);
        assertEquals(List.of("{\"a\":1}", "{\"a\":2}"), out.toString().lines().toList());
        assertEquals(List.of("/neuron-monitor?period=0.5&count=2"), asked);
    }

    @Test
    void saysInOneLineThatAServerIsAnotherOneOrNotThere() throws Exception {
        assertEquals(2, monitorOf(404, "{\"error\":\"Endpoint not found\"}"));
        assertTrue(err.toString().contains("is it a server of infermark serve?"), err.toString());
        int free;
        try (ServerSocket socket = new ServerSocket(0)) {
            free = socket.getLocalPort();
        }
        assertEquals(2, run("monitor", "--url", "http://localhost:" + free));
        assertTrue(err.toString().contains("start infermark serve"), err.toString());
        assertEquals(2, run("monitor", "--url", "nowhere"));
        assertEquals(3, err.toString().lines().count(), err.toString());
    }
}
