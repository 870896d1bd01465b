package dev.infermark.serve;

import dev.infermark.base.UserError;
import java.time.Duration;

/**
 * Where a server listens, and what it bears.
 *
 * @param host address that it binds to
 * @param port port for HTTP and gRPC, 0 for any that is free
 * @param longestBody most bytes of a request's body
 * @param connections most connections at a time
 * @param idleTimeout how long a client may be silent within a request, or hold a connection without one, 1 ms to 1 day
 * @param drainTimeout how long requests may take to be answered when the server ends, 1 ms to 1 day
 */
public record ServerSettings(
        String host, int port, int longestBody, int connections, Duration idleTimeout, Duration drainTimeout) {
    private static final int LAST_PORT = 65_535;
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofDays(1);

    /** Refuses numbers that no server can have. */
    public ServerSettings {
        if (port < 0 || port > LAST_PORT) {
            throw new UserError("port " + port + " does not exist; give one from 0 to " + LAST_PORT);
        }
        if (longestBody < 1 || connections < 1) {
            throw new UserError("a server must take at least one connection and bodies of one byte; got " + connections
                    + " and " + longestBody);
        }
        requireTimeout("idle", idleTimeout);
        requireTimeout("drain", drainTimeout);
    }

    private static void requireTimeout(String name, Duration timeout) {
        if (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new UserError("the " + name + " timeout cannot be " + timeout.toNanos() / 1e9
                    + " s; give 1 ms to 1 day, which has 86400 s");
        }
    }
}
