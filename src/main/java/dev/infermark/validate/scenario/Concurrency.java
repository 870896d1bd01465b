package dev.infermark.validate.scenario;

import dev.infermark.base.Refusal;
import dev.infermark.hardware.Instance;
import dev.infermark.validate.measurement.Measurement;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * How the calls of a measurement met the cores.
 *
 * @param cores cores that work
 * @param workersPerCore calls in flight per core
 * @param assumption what had to be assumed because nothing was published, else empty
 */
record Concurrency(int cores, int workersPerCore, String assumption) {
    /** With fewer calls in flight than this share of the cores, the rest of the cores idles. */
    private static final double BUSY_SHARE = 0.75;

    /**
     * The concurrency of a measurement: as published, else what follows from the calls in flight.
     *
     * @throws Refusal when a single call was in flight on several cores: a framework that splits the batch
     */
    static Concurrency of(Measurement measurement, Instance instance) {
        Measurement.Setup setup = measurement.setup();
        OptionalInt published = setup.models().isPresent() ? setup.models() : setup.cores();
        if (setup.models().isPresent() && setup.workersPerModel().isPresent()) {
            return new Concurrency(setup.models().getAsInt(), setup.workersPerModel().getAsInt(), "");
        }
        // The documented harness loads at most one copy per core of one chip when it does not know the instance.
        int cores = published.orElse(instance.chip().coreCount());
        OptionalDouble inFlight = measurement.inFlight();
        if (inFlight.isEmpty()) {
            int workers = setup.application().equals("batch") ? 2 : 1;
            return new Concurrency(cores, workers, "workers unpublished: " + workers + " per core assumed");
        }
        int calls = Math.max(1, (int) Math.round(inFlight.getAsDouble()));
        if (inFlight.getAsDouble() >= BUSY_SHARE * cores) {
            return new Concurrency(cores, Math.max(1, (int) Math.round(inFlight.getAsDouble() / cores)), "");
        }
        if (published.isPresent() && calls == 1 && setup.batch().orElse(1) >= cores) {
            throw new Refusal("one call that is split over " + cores + " cores is not modelled");
        }
        return new Concurrency(calls, 1, "");
    }
}
