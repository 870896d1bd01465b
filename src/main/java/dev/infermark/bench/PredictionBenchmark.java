package dev.infermark.bench;

import dev.infermark.deploy.Deployment;
import dev.infermark.deploy.Network;
import dev.infermark.deploy.Quote;
import dev.infermark.deploy.Quoter;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.CustomSupport;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.reader.ModelSource;
import dev.infermark.reader.Models;
import dev.infermark.reader.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.LongStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * How long an answer takes. Warm, the networks of some batches are given, and each call asks of the next batch,
 * instance or number of workers, as a search for the best deployment does; cold, the graph has still to be lowered,
 * or even to be built.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PredictionBenchmark {
    private static final long[] BATCHES = {1, 4, 16};
    private static final long LARGEST_BATCH = 7;
    private static final long SHORTEST = 16;
    private static final long LONGEST = 384;

    private final Catalog catalog = Catalog.builtIn();
    private final PriceBook prices = catalog.priceBook("on-demand");
    private final Quoter quoter = Quoter.builtIn();
    private final ModelSource bertLarge = Models.find("bert-large-uncased");
    private final List<Network> bert = networks("bert-large-uncased");
    private final List<Network> resnet = networks("resnet50");
    private final List<Deployment> inf2 = deployments("inf2.xlarge", "inf2.8xlarge");
    private final List<Deployment> inf1 = deployments("inf1.xlarge", "inf1.2xlarge");
    private int asked;

    private static List<Network> networks(String model) {
        return LongStream.of(BATCHES)
                .mapToObj(batch -> Network.of(Models.find(model), Workload.ofBatch(batch), CustomSupport.NONE))
                .toList();
    }

    private List<Deployment> deployments(String... names) {
        List<Deployment> deployments = new ArrayList<>();
        for (String name : names) {
            Instance instance = catalog.instance(name);
            for (int workers = 1; workers <= 2; workers++) {
                deployments.add(new Deployment(
                        instance, new Parallelism.Replicated(instance.coreCount()), workers, SdkVersion.NEWEST));
            }
        }
        return deployments;
    }

    private Quote next(List<Network> networks, List<Deployment> deployments) {
        asked = asked == Integer.MAX_VALUE ? 0 : asked + 1;
        Deployment deployment = deployments.get(asked % deployments.size());
        return quote(networks.get(asked % networks.size()), deployment);
    }

    private Quote quote(Network network, Deployment deployment) {
        return quoter.quote(
                network,
                deployment,
                Precision.compilerDefault(DataType.FP32, deployment.instance().chip().core()),
                prices);
    }

    /** BERT-large on Inf2, warm. */
    @Benchmark
    public Object bertLargeInf2() {
        return next(bert, inf2);
    }

    /** BERT-large on Inf1, warm. */
    @Benchmark
    public Object bertLargeInf1() {
        return next(bert, inf1);
    }

    /** ResNet-50 on Inf2, warm. */
    @Benchmark
    public Object resnet50Inf2() {
        return next(resnet, inf2);
    }

    /** ResNet-50 on Inf1, warm. */
    @Benchmark
    public Object resnet50Inf1() {
        return next(resnet, inf1);
    }

    /** BERT-large on Inf2 from its graph. */
    @Benchmark
    public Object bertLargeCold() {
        Network known = bert.getFirst();
        return quote(known.changed(UnaryOperator.identity(), UnaryOperator.identity()), inf2.getFirst());
    }

    /** BERT-large on Inf2 with a batch and a length that were not asked before, from the model. */
    @Benchmark
    public Object bertLargeNewShapes() {
        asked = asked == Integer.MAX_VALUE ? 0 : asked + 1;
        Workload workload = Workload.ofBatch(1 + asked % LARGEST_BATCH)
                .withSequenceLength(SHORTEST + asked % (LONGEST - SHORTEST))
                .withType(bertLarge.type());
        return quote(Network.of(bertLarge, workload, CustomSupport.NONE), inf2.getFirst());
    }
}
