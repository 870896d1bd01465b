package dev.infermark.serve;

import dev.infermark.base.UserError;
import dev.infermark.serve.protocol.Draining;
import dev.infermark.serve.rest.RestErrors;
import io.grpc.ServerServiceDefinition;
import io.helidon.common.socket.SocketOptions;
import io.helidon.webserver.WebServer;
import io.helidon.webserver.grpc.GrpcConfig;
import io.helidon.webserver.grpc.GrpcRouting;
import io.helidon.webserver.http.HttpRouting;
import io.helidon.webserver.http.HttpService;
import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;

/** A server that is running. */
public final class InferenceServer {
    /** Its warnings are of each client that hangs up. Held, since loggers that nothing holds lose their levels. */
    private static final Logger LIBRARY = Logger.getLogger("io.helidon");

    /** Says at length where it cannot listen, which is said here in a line. */
    private static final Logger STARTS = Logger.getLogger("io.helidon.webserver.LoomServer");

    static {
        LIBRARY.setLevel(Level.SEVERE);
        STARTS.setLevel(Level.OFF);
    }

    private final Draining service;
    private final ServerSettings settings;
    private final WebServer server;

    private InferenceServer(Draining service, ServerSettings settings, WebServer server) {
        this.service = service;
        this.settings = settings;
        this.server = server;
    }

    /**
     * Starts a server.
     *
     * @param service what it serves
     * @param routes the addresses of HTTP that it has, such as {@link dev.infermark.serve.rest.RestRoutes}, those of
     *     metrics, or those of another protocol
     * @param grpc the services of gRPC that it has
     * @throws UserError when the port is taken, or the host is not this one
     */
    public static InferenceServer start(
            Draining service,
            ServerSettings settings,
            List<? extends HttpService> routes,
            List<ServerServiceDefinition> grpc) {
        HttpRouting.Builder routing = HttpRouting.builder();
        RestErrors.addTo(routing);
        routes.forEach(routing::register);
        GrpcRouting.Builder grpcRouting = GrpcRouting.builder();
        grpc.forEach(grpcRouting::service);
        WebServer server = WebServer.builder()
                .host(settings.host())
                .port(settings.port())
                .maxPayloadSize(settings.longestBody())
                .maxTcpConnections(settings.connections())
                .idleConnectionTimeout(settings.idleTimeout())
                .connectionOptions(new ConnectionOptions(
                        SocketOptions.builder().tcpNoDelay(true).build(), settings.idleTimeout()))
                // Channels know no limit on how long a read may take.
                .useNio(false)
                .directHandlers(RestErrors.handlers())
                .shutdownHook(false)
                .addRouting(routing)
                .addRouting(grpcRouting)
                .addProtocol(GrpcConfig.builder()
                        .maxReadBufferSize(Math.toIntExact(settings.longestBody()))
                        .build())
                .build();
        server.start();
        // Where it cannot listen, it ends as if it had.
        if (!server.isRunning()) {
            throw new UserError("cannot listen on " + settings.host() + ":" + settings.port()
                    + ", as when another program does, or it is no address of this machine; give another --port or "
                    + "--host");
        }
        return new InferenceServer(service, settings, server);
    }

    /** The port that it listens on. */
    public int port() {
        return server.port();
    }

    /**
     * Takes no more requests, answers those that it has, and ends.
     *
     * @return how many requests are left without an answer
     */
    public long stop() throws InterruptedException {
        long left = service.drain(settings.drainTimeout());
        server.stop();
        return left;
    }
}
