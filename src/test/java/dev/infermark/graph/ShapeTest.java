package dev.infermark.graph;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class ShapeTest {

    @Test
    void countsElements() {
        assertEquals(24, Shape.of(2, 3, 4).elements());
        assertEquals(1, Shape.of().elements());
        assertEquals(0, Shape.of(5, 0).elements());
    }

    @Test
    void countsNegativeAxesFromTheInnermost() {
        assertEquals(4, Shape.of(2, 3, 4).dimension(-1));
        assertEquals(2, Shape.of(2, 3, 4).dimension(-3));
    }

    @Test
    void refusesAxesItDoesNotHave() {
        assertThrows(IllegalArgumentException.class, () -> Shape.of(2, 3).dimension(2));
        assertThrows(IllegalArgumentException.class, () -> Shape.of(2, 3).dimension(-3));
    }

    @Test
    void broadcastsAsNumPyDoes() {
        assertEquals(Shape.of(8, 7, 6, 5), Shape.of(8, 1, 6, 1).broadcast(Shape.of(7, 1, 5)));
        assertEquals(Shape.of(3), Shape.of().broadcast(Shape.of(3)));
        assertThrows(IllegalArgumentException.class, () -> Shape.of(2).broadcast(Shape.of(3)));
    }

    @Test
    void refusesNegativeDimensionsAndCountsThatOverflow() {
        assertThrows(IllegalArgumentException.class, () -> Shape.of(-1));
        var e = assertThrows(IllegalArgumentException.class, () -> Shape.of(1L << 40, 1L << 40));
        assertMentions(e, "2^63");
    }
}
