package dev.infermark.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class CatalogTest {
    @Test
    void readsWhatComesWithInfermark() {
        Catalog catalog = Catalog.builtIn();

        assertEquals(catalog.chip("inferentia2").core(), catalog.chip("trainium1").core());
    }
}
