package dev.infermark.bench.peer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PeerTest {
    private static final NativePeer NOWHERE = new NativePeer(
            "Nowhere", List.of("libnowhere.so", "/no/such/libnowhere.so"), "run 'make nowhere'", Map.of());

    /** The C library is on every host that runs these tests; its name differs by system. */
    private static final NativePeer SYSTEM = new NativePeer(
            "C", List.of("libnowhere.so", "libc.so.6", "libSystem.dylib", "msvcrt.dll"), "reinstall", Map.of());

    @Test
    void saysHowToInstallWhatIsAbsent() {
        assertEquals(
                Optional.of("Nowhere is not installed: run 'make nowhere'"), NOWHERE.absence(Map.of()));
        assertEquals(
                NOWHERE.absence(), Optional.ofNullable(assertThrows(UserError.class, NOWHERE::load).getMessage()));
    }

    @Test
    void findsALibraryByTheFirstOfItsNamesThatLoads() {
        assertEquals(Optional.empty(), SYSTEM.absence(Map.of()));
    }

    @Test
    void countsAsAbsentWhereTheUserWantsNoNativePeer() {
        assertEquals(
                Optional.of("C counts as absent, for INFERMARK_PEERS is none: unset it to use C"),
                SYSTEM.absence(Map.of("INFERMARK_PEERS", "none")));
    }

    @Test
    void refusesAWishItDoesNotKnow() {
        assertEquals(
                "INFERMARK_PEERS is 'some': set it to none to leave out all native peers, or unset it to use those"
                        + " installed",
                assertThrows(UserError.class, () -> SYSTEM.absence(Map.of("INFERMARK_PEERS", "some"))).getMessage());
    }

    @Test
    void knowsPeersByTheirNamesInResults() {
        assertEquals(Optional.of(Peer.ONNXRUNTIME), Peer.named("onnxruntime"));
        assertEquals(Optional.empty(), Peer.named("simd"));
    }

    @Test
    void hasTheJavaPeersAlways() {
        assertEquals(Optional.empty(), Peer.EJML.absence());
        assertEquals(Optional.empty(), Peer.OJALGO.absence());
    }

    @ParameterizedTest
    @EnumSource
    void tellsTheVersionOfAPeerThatIsThere(Peer peer) {
        if (peer.absence().isEmpty()) {
            assertTrue(peer.version().matches("[0-9]+\\.[0-9]+.*"), peer::version);
        } else {
            assertThrows(UserError.class, peer::version);
        }
    }
}
