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

    @Test
    void saysHowToInstallWhatIsAbsent() {
        assertEquals(Optional.of("Nowhere is not installed: run 'make nowhere'"), NOWHERE.absence());
        assertEquals(
                "Nowhere is not installed: run 'make nowhere'",
                assertThrows(UserError.class, NOWHERE::load).getMessage());
    }

    @Test
    void findsALibraryByTheFirstOfItsNamesThatLoads() {
        // The C library is on every host that runs these tests; its name differs by system.
        NativePeer system = new NativePeer(
                "C", List.of("libnowhere.so", "libc.so.6", "libSystem.dylib", "msvcrt.dll"), "reinstall", Map.of());

        assertEquals(Optional.empty(), system.absence());
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
