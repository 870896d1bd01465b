package dev.infermark.reader;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.infermark.graph.Graph;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.NeuronCore;
import dev.infermark.lower.Lowerer;
import dev.infermark.lower.Precision;
import dev.infermark.lower.SdkVersion;
import dev.infermark.numerics.DataType;
import dev.infermark.simulate.Calibrations;
import dev.infermark.simulate.Conditions;
import dev.infermark.simulate.Simulator;

/** Modelled seconds of a graph on one core, without the host's. */
public final class DeviceTime {
    private DeviceTime() {}

    /** On Inferentia2. */
    public static double seconds(Graph graph) {
        return seconds(graph, "neuroncore-v2");
    }

    /** On this core. */
    public static double seconds(Graph graph, String coreName) {
        NeuronCore core = Catalog.builtIn().core(coreName);
        Precision precision = Precision.compilerDefault(DataType.FP32, core);
        return new Simulator(core, Calibrations.builtIn().of(core.generation()))
                .run(new Lowerer(core, precision).lower(graph), new Conditions(1, SdkVersion.NEWEST))
                .seconds();
    }

    /** Asserts that two graphs take as long on both generations, as far as a share of it. */
    public static void assertEqual(Graph expected, Graph actual, double tolerance) {
        for (String core : new String[] {"neuroncore-v1", "neuroncore-v2"}) {
            assertEquals(1, seconds(actual, core) / seconds(expected, core), tolerance, core);
        }
    }
}
