package dev.infermark.cli;

import dev.infermark.base.UserError;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code infermark monitor}: neuron-monitor's stream of a server. */
@Command(
        mixinStandardHelpOptions = true,
        name = "monitor",
        description = "Prints what a server of infermark serve does as neuron-monitor prints it: a line of JSON for"
                + " each period.",
        footerHeading = "%nExamples:%n",
        footer = {"  infermark monitor", "  infermark monitor --url http://localhost:9000 --period 1s --count 10"})
final class MonitorCommand implements Runnable {
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final int OK = 200;

    @Option(
            names = "--url",
            defaultValue = "http://localhost:8000",
            paramLabel = "URL",
            description = "The server (default: ${DEFAULT-VALUE}).")
    private URI url = URI.create("");

    @Option(
            names = "--period",
            converter = Units.Duration.class,
            defaultValue = "5s",
            paramLabel = "TIME",
            description = "Time between two lines, and what each tells of (default: ${DEFAULT-VALUE}).")
    private double period;

    @Option(names = "--count", paramLabel = "N", description = "Lines to print (default: until the server ends).")
    private @Nullable Long count;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        try (HttpClient client = HttpClient.newBuilder().connectTimeout(CONNECT).build()) {
            HttpResponse<Stream<String>> response =
                    client.send(request(), HttpResponse.BodyHandlers.ofLines());
            if (response.statusCode() != OK) {
                throw new UserError(url + " does not tell what its device does: "
                        + response.body().limit(1).collect(Collectors.joining())
                        + "; is it a server of infermark serve?");
            }
            response.body().forEach(line -> {
                out.println(line);
                out.flush();
            });
        } catch (IOException | UncheckedIOException e) {
            throw new UserError("cannot read from " + url + ": no server, or one that has ended; start infermark serve,"
                    + " or give its --url", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private HttpRequest request() {
        String query = "/neuron-monitor?period=" + period + (count == null ? "" : "&count=" + count);
        try {
            return HttpRequest.newBuilder(url.resolve(query)).build();
        } catch (IllegalArgumentException e) {
            throw new UserError("--url " + url + " is no address of a server; write it as http://localhost:8000", e);
        }
    }
}
