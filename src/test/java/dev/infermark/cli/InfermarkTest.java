package dev.infermark.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

class InfermarkTest {
    /** Without its execution strategy a command loses about half of its outputs here. */
    @Test
    @ResourceLock(Resources.SYSTEM_OUT)
    void writesToTheGivenWriterWhileSomebodyReplacesTheStandardOutput() throws InterruptedException {
        PrintStream standard = System.out;
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
        AtomicBoolean done = new AtomicBoolean();
        Thread replacing = Thread.ofPlatform().start(() -> {
            while (!done.get()) {
                System.setOut(nowhere);
                System.setOut(standard);
            }
        });
        try {
            for (int i = 0; i < 40; i++) {
                StringWriter out = new StringWriter();
                PrintWriter err = new PrintWriter(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8);
                assertEquals(0, Infermark.run(new PrintWriter(out), err, "models"));
                assertTrue(out.toString().contains("bert-large"), out::toString);
            }
        } finally {
            done.set(true);
            replacing.join();
            System.setOut(standard);
        }
    }
}
