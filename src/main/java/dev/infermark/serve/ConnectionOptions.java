package dev.infermark.serve;

import io.helidon.common.socket.SocketOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketOption;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * Options of the library for connections, with a limit on how long a client may be silent: the library has such an
 * option, but leaves it alone on connections that it accepts.
 *
 * @param options all other options
 * @param silence the limit
 */
record ConnectionOptions(SocketOptions options, Duration silence) implements SocketOptions {

    @Override
    public void configureSocket(SocketChannel channel) {
        options.configureSocket(channel);
        limit(channel.socket());
    }

    @Override
    public void configureSocket(Socket socket) {
        options.configureSocket(socket);
        limit(socket);
    }

    private void limit(Socket socket) {
        try {
            socket.setSoTimeout(Math.toIntExact(silence.toMillis()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<SocketOption<?>, Object> socketOptions() {
        return options.socketOptions();
    }

    @Override
    public Duration connectTimeout() {
        return options.connectTimeout();
    }

    @Override
    public Duration readTimeout() {
        return silence;
    }

    @Override
    public Optional<Integer> socketReceiveBufferSize() {
        return options.socketReceiveBufferSize();
    }

    @Override
    public Optional<Integer> socketSendBufferSize() {
        return options.socketSendBufferSize();
    }

    @Override
    public boolean socketReuseAddress() {
        return options.socketReuseAddress();
    }

    @Override
    public boolean socketKeepAlive() {
        return options.socketKeepAlive();
    }

    @Override
    public boolean tcpNoDelay() {
        return options.tcpNoDelay();
    }
}
