package dev.infermark.kernel.provider;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import dev.infermark.kernel.Engines;
import dev.infermark.kernel.Implementation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProviderLookupTest {
    @Test
    void takesSimdWhereTheVectorApiIs() {
        assertEquals(Implementation.SIMD, Engines.best().implementation());
    }

    @Test
    void fallsBackToTheReferenceAndNamesTheMissingFlag() throws IOException, InterruptedException {
        String output = javaWithoutVectorApi(Best.class);
        assertTrue(output.contains("REFERENCE"), output);
        assertTrue(output.contains("start Java with --add-modules jdk.incubator.vector"), output);
    }

    @Test
    void refusesSimdWithoutTheVectorApiAndNamesTheMissingFlag() throws IOException, InterruptedException {
        assertEquals(
                "no SIMD kernels without the Vector API: start Java with --add-modules jdk.incubator.vector",
                javaWithoutVectorApi(Simd.class).strip());
    }

    private static String javaWithoutVectorApi(Class<?> main) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    /** Prints what the JVM's best kernels are. */
    static final class Best {
        private Best() {}

        static void main() {
            System.out.println(Engines.best().implementation());
        }
    }

    /** Prints why SIMD kernels are refused. */
    static final class Simd {
        private Simd() {}

        static void main() {
            try {
                System.out.println(Engines.of(Implementation.SIMD));
            } catch (UserError e) {
                System.out.println(e.getMessage());
            }
        }
    }
}
