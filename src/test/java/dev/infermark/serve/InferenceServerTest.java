package dev.infermark.serve;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.UserError;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import org.junit.jupiter.api.Test;

class InferenceServerTest {
    /** Keeps what is logged. */
    private static final class Records extends Handler {
        private final Queue<String> messages = new ConcurrentLinkedQueue<>();

        @Override
        public void publish(LogRecord entry) {
            messages.add(entry.getMessage());
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }

    private static InferenceServer start(int port) {
        Duration second = Duration.ofSeconds(1);
        return InferenceServer.start(
                _ -> 0, new ServerSettings("127.0.0.1", port, 1024, 1, second, second), List.of(), List.of());
    }

    /** A server that starts must not make the library speak of another that cannot. */
    @Test
    void aPortThatIsTakenIsToldOfByTheErrorAloneWhileOthersStart() throws IOException, InterruptedException {
        Logger library = Logger.getLogger("io.helidon.webserver.LoomServer");
        Records records = new Records();
        library.addHandler(records);
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<?> failing = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 10; i++) {
                    assertThrows(UserError.class, () -> start(taken.getLocalPort()));
                }
            });
            for (int i = 0; i < 10; i++) {
                start(0).stop();
            }
            failing.join();
        } finally {
            library.removeHandler(records);
        }
        assertEquals(List.of(), List.copyOf(records.messages));
    }
}
