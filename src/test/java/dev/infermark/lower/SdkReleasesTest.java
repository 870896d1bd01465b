package dev.infermark.lower;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.hardware.Catalog;
import dev.infermark.hardware.Chip;
import org.junit.jupiter.api.Test;

class SdkReleasesTest {
    private static final SdkReleases RELEASES = SdkReleases.builtIn();
    private static final Chip INF1 = Catalog.builtIn().instance("inf1.xlarge").chip();
    private static final Chip INF2 = Catalog.builtIn().instance("inf2.xlarge").chip();
    private static final Chip TRN1 = Catalog.builtIn().instance("trn1.2xlarge").chip();

    @Test
    void refusesAReleaseBeforeTheChipAndOneAfterIt() {
        assertMentions(assertThrows(UserError.class, () -> RELEASES.require("1.19", INF2)), "not yet", "2.5");
        assertMentions(assertThrows(UserError.class, () -> RELEASES.require("2.29", INF1)), "no longer", "2.28");
        assertMentions(assertThrows(UserError.class, () -> RELEASES.require("2.30", INF2)), "no longer", "2.29");
        assertEquals(new SdkVersion(2, 30), RELEASES.require("2.30", TRN1));
        assertEquals(new SdkVersion(1, 19), RELEASES.require("1.19", INF1));
    }

    @Test
    void tellsTextGenerationFromOtherNetworks() {
        SdkVersion late = new SdkVersion(2, 29);
        assertDoesNotThrow(() -> RELEASES.requireSupport(late, INF2, SdkSupport.Kind.ENCODING));
        UserError e = assertThrows(
                UserError.class, () -> RELEASES.requireSupport(late, INF2, SdkSupport.Kind.GENERATION));
        assertMentions(e, "text generation", "2.28");
        assertDoesNotThrow(() -> RELEASES.requireSupport(SdkVersion.NEWEST, INF2, SdkSupport.Kind.GENERATION));
    }

    @Test
    void knowsEveryReleaseThatBoundsItsSupport() {
        for (SdkSupport line : RELEASES.support()) {
            assertTrue(RELEASES.seen().containsKey(line.first()), line::toString);
            assertTrue(line.last().map(RELEASES.seen()::containsKey).orElse(true), line::toString);
        }
    }
}
