package dev.infermark.plan;

import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quote;
import dev.infermark.deploy.Quoter;
import dev.infermark.deploy.uncertainty.Tails;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.AutoCast;
import dev.infermark.lower.Compiler;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.LongFunction;
import java.util.stream.Stream;

/**
 * Searches deployments of a network that runs once for each call.
 *
 * @param quoter what answers
 * @param tails how far single calls spread
 * @param book what instances cost
 * @param precisions the element types to try on a core, without doubles
 */
public record EncoderSearch(
        Quoter quoter, Tails tails, PriceBook book, Function<NeuronCore, List<Precision>> precisions) {

    /** The compiler's own choice of types for a checkpoint, and all operators cast to BF16. */
    public static Function<NeuronCore, List<Precision>> usualPrecisions(DataType checkpoint) {
        return core -> Stream.of(Compiler.of(core.generation()).defaultAutoCast(), AutoCast.ALL)
                .map(choice -> Precision.of(checkpoint, choice, DataType.BF16))
                .distinct()
                .toList();
    }

    /** Tries the whole space with the network of each batch. */
    public Found search(LongFunction<Network> networks, Space space) {
        return search(networks, space, _ -> () -> {});
    }

    /**
     * The same, watched.
     *
     * @param watch gives, for so many deployments, what is run after each; from several threads
     */
    public Found search(LongFunction<Network> networks, Space space, IntFunction<Runnable> watch) {
        Map<Long, Network> known = new ConcurrentHashMap<>();
        // Lowering takes longest, and a network is lowered once for each batch: those come first, side by side.
        space.batches().parallelStream().forEach(batch -> known.put(batch, networks.apply(batch)));
        return Found.of(
                space.batches().stream().flatMap(batch -> {
                    Network network = Objects.requireNonNull(known.get(batch));
                    return space.instances().stream().flatMap(instance -> trials(network, instance, space));
                }),
                watch);
    }

    private Stream<Found.Trial> trials(Network network, Instance instance, Space space) {
        return precisions.apply(instance.chip().core()).stream()
                .flatMap(precision -> space.sharings(instance).map(sharing -> {
                    Deployment deployment =
                            new Deployment(instance, sharing.parallelism(), sharing.workers(), SdkVersion.NEWEST);
                    return new Found.Trial(
                            setup(network, deployment, precision), () -> candidate(network, deployment, precision));
                }));
    }

    /** The answer about one deployment. */
    Candidate candidate(Network network, Deployment deployment, Precision precision) {
        Quote quote = quoter.quote(network, deployment, precision, book);
        double p50 = quote.prediction().latencySeconds();
        double throughput = quote.prediction().throughput();
        return new Candidate(
                setup(network, deployment, precision),
                new Speed.Calls(p50, p50 * tails.p99OverP50(quote.prediction())),
                throughput,
                throughput,
                quote.interval(),
                quote.prediction().boundBy(),
                book.price(deployment.instance().name()));
    }

    private static Setup setup(Network network, Deployment deployment, Precision precision) {
        return new Setup(
                deployment.instance(),
                deployment.parallelism(),
                deployment.workersPerCopy(),
                network.batch(),
                precision.matmul().label() + "/" + precision.elementwise().label());
    }
}
