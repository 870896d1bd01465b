package dev.infermark.deploy;

import dev.infermark.base.Refusal;
import dev.infermark.base.UserError;
import dev.infermark.deploy.generate.Exchanges;
import dev.infermark.deploy.generate.GenerationCalibration;
import dev.infermark.deploy.generate.GenerationQuoter;
import dev.infermark.deploy.uncertainty.Interval;
import dev.infermark.deploy.uncertainty.Intervals;
import dev.infermark.graph.Parallelism;
import dev.infermark.hardware.Chip;
import dev.infermark.hardware.Price;
import dev.infermark.hardware.PriceBook;
import dev.infermark.lower.Precision;
import dev.infermark.lower.Program;
import dev.infermark.simulate.Calibration;
import dev.infermark.simulate.Calibrations;
import dev.infermark.simulate.Conditions;
import dev.infermark.simulate.CostedProgram;
import dev.infermark.simulate.Estimate;
import dev.infermark.simulate.Simulator;
import java.util.List;
import java.util.Map;

/**
 * The one path from a network and its deployment to an answer: lowers the graph, simulates one core, adds the host, the
 * interval and the price. Immutable, and safe for use by several threads.
 */
public final class Quoter {
    private final Calibrations calibrations;
    private final Intervals intervals;
    private final GenerationCalibration generation;

    /** A quoter with these fitted parameters, and the intervals of predictions that are made with them. */
    public Quoter(Calibrations calibrations, Intervals intervals) {
        this.calibrations = calibrations;
        this.intervals = intervals;
        this.generation = GenerationCalibration.builtIn();
    }

    /** A quoter with the parameters and intervals that come with this release. */
    public static Quoter builtIn() {
        return new Quoter(Calibrations.builtIn(), Intervals.builtIn());
    }

    /** A quoter that predicts with parameters of which no intervals are known, such as those of a fit under way. */
    public static Quoter of(Calibrations calibrations) {
        return new Quoter(calibrations, new Intervals(Map.of()));
    }

    /**
     * The whole answer: behaviour, interval and price.
     *
     * @throws dev.infermark.base.UserError where {@link #predict} does, and when the book has no price for the instance
     */
    public Quote quote(Network network, Deployment deployment, Precision precision, PriceBook book) {
        Prediction prediction = predict(network, deployment, precision);
        Price price = book.price(deployment.instance().name());
        return new Quote(
                network,
                prediction,
                interval(network, deployment),
                prediction.cost(book.name(), price.dollarsPerHour()),
                book.region(),
                price.date());
    }

    /** What answers about generating text, with the same parameters. */
    public GenerationQuoter generation() {
        return new GenerationQuoter(calibrations, generation);
    }

    /**
     * How far predictions of a deployment may be off. Of exchanges among cores in a call nothing was measured, of
     * pipelines a single configuration, which their hop is fitted to.
     */
    public Interval interval(Network network, Deployment deployment) {
        return switch (deployment.parallelism()) {
            case Parallelism.Replicated _ ->
                    intervals.of(deployment.instance().chip(), network.mix(), deployment.sdk());
            case Parallelism.TensorParallel _, Parallelism.LayerPipeline _ -> Interval.UNMEASURED;
        };
    }

    /**
     * How a deployment behaves.
     *
     * @throws dev.infermark.base.UserError when the chip lacks the type or the memory; a {@link Refusal} for what is
     *     not modelled
     */
    public Prediction predict(Network network, Deployment deployment, Precision precision) {
        return switch (deployment.parallelism()) {
            case Parallelism.Replicated _ -> {
                requireWhole(network);
                yield inParallel(network, deployment, precision, List.of());
            }
            case Parallelism.TensorParallel split -> {
                if (network.exchangingCores().isPresent() && split.norms() != Parallelism.Norms.WHOLE) {
                    throw new UserError(network.facts().name() + " is one core's part already, with the exchanges of"
                            + " its file; leave out --sequence-parallel");
                }
                Network part = network.share(deployment);
                Exchanges exchanges =
                        new Exchanges(generation, deployment.instance(), deployment.sdk(), split.degree());
                Program program = part.lowered(deployment.instance().chip().core(), precision);
                yield inParallel(part, deployment, precision, exchanges.of(program));
            }
            case Parallelism.LayerPipeline split -> {
                requireWhole(network);
                yield pipelines().predict(network, deployment, precision, split);
            }
        };
    }

    private static void requireWhole(Network network) {
        network.exchangingCores().ifPresent(cores -> {
            throw new UserError(network.facts().name() + " is one core's part of a network over " + cores
                    + " cores; add --tensor-parallel " + cores);
        });
    }

    /** What answers about pipelines over any number of cores, with the same parameters. */
    public PipelineQuoter pipelines() {
        return new PipelineQuoter(calibrations);
    }

    /** What a deployment takes of its fullest core. */
    public MemoryUse memory(Network network, Deployment deployment, Precision precision) {
        return deployment.isPipeline()
                ? pipelines().memory(network, deployment, precision)
                : MemoryUse.of(network, deployment, precision);
    }

    /** Cores that each hold a whole network, or a part of it and exchange results for so long after its stages. */
    private Prediction inParallel(
            Network network, Deployment deployment, Precision precision, List<Double> exchanges) {
        Chip chip = deployment.instance().chip();
        CostedProgram costed = network.program(chip.core(), precision);
        Program program = costed.program();
        MemoryUse memory = MemoryUse.of(network, deployment, precision);
        memory.requireFit(network, deployment);
        Calibration calibration = calibrations.of(chip.core().generation());
        Estimate estimate = new Simulator(chip.core(), calibration)
                .run(costed, new Conditions(deployment.busyCoresPerChip(), deployment.sdk()));
        HostTime call = HostTime.of(
                program,
                deployment,
                estimate.seconds() + exchanges.stream().mapToDouble(Double::doubleValue).sum(),
                calibration.host(),
                calibration.era(deployment.sdk()));
        return new Prediction(
                program.name(),
                network.batch(),
                deployment,
                precision,
                List.of(new Phase(
                        Phase.Kind.ENCODE,
                        estimate,
                        exchanges,
                        call.hostSeconds(),
                        call.hostWork(),
                        call.seconds())),
                deployment.workersPerCopy() * call.seconds(),
                deployment.copies() * network.batch() / call.seconds(),
                memory);
    }
}
