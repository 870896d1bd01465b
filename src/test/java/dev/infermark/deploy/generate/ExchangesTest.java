package dev.infermark.deploy.generate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.graph.Collective;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Instance;
import dev.infermark.lower.ActivationMemory;
import dev.infermark.lower.Exchange;
import dev.infermark.lower.Program;
import dev.infermark.lower.SdkVersion;
import dev.infermark.lower.Stage;
import dev.infermark.simulate.collective.CollectiveGroup;
import dev.infermark.simulate.collective.CollectiveModel;
import dev.infermark.simulate.collective.CollectiveOperation;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ExchangesTest {
    private static final SdkVersion SDK = new SdkVersion(2, 23);
    private static final Instance INSTANCE = Catalog.builtIn().instance("inf2.48xlarge");

    @Test
    void handsTensorsOnNoFasterThanFromOneCoreToAnother() {
        double pair = INSTANCE.chip().collectives().orElseThrow().pairBytesPerSecond();
        for (int cores : new int[] {2, 3, 8, 24}) {
            for (long bytes : new long[] {1 << 10, 1 << 20, 32 << 20, 1 << 30}) {
                assertTrue(seconds(Collective.Kind.PERMUTE, cores, bytes) > bytes / pair, cores + " cores, " + bytes);
            }
        }
    }

    @Test
    void movesDataAsExchangesAloneDo() {
        for (int cores : new int[] {2, 8, 12, 24}) {
            CollectiveModel alone = new CollectiveModel(new CollectiveGroup(INSTANCE, cores), SDK);
            long large = 4L << 30;
            for (Collective.Kind kind : Collective.Kind.values()) {
                double expected = alone.exchange(operation(kind), large).seconds();
                assertEquals(expected, seconds(kind, cores, large), 0.01 * expected, kind + " among " + cores);
            }
        }
    }

    @Test
    void takesAnAllReduceForAReduceScatterAndAnAllGather() {
        assertEquals(
                seconds(Collective.Kind.ALL_REDUCE, 12, 3 << 20),
                seconds(Collective.Kind.REDUCE_SCATTER, 12, 3 << 20) + seconds(Collective.Kind.ALL_GATHER, 12, 3 << 20),
                1e-12);
    }

    @Test
    void takesNoTimeForOneCore() {
        Exchanges none = new Exchanges(GenerationCalibration.builtIn(), INSTANCE, SDK, 1);
        assertEquals(List.of(), none.of(program(List.of())));
    }

    private static CollectiveOperation operation(Collective.Kind kind) {
        return kind == Collective.Kind.PERMUTE
                ? CollectiveOperation.SEND_RECEIVE
                : CollectiveOperation.valueOf(kind.name());
    }

    private static double seconds(Collective.Kind kind, int cores, long bytes) {
        return new Exchanges(GenerationCalibration.builtIn(), INSTANCE, SDK, cores)
                .of(program(List.of(new Exchange(new Collective(kind, cores, 0), bytes, 1))))
                .getFirst();
    }

    private static Program program(List<Exchange> exchanges) {
        List<Stage> stages = List.of(new Stage("layer", List.of(), 1, exchanges));
        return new Program("network", stages, 0, 0, List.of(), OptionalLong.empty(), ActivationMemory.NONE);
    }
}
