package dev.infermark.kernel.gpsimd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.infermark.base.UserError;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CustomOperatorsTest {
    @TempDir
    private Path folder;

    /** Has the name of one of the ready operators. */
    public static final class SecondRelu extends Named {
        @Override
        public String name() {
            return "relu";
        }
    }

    /** Has a name that no parameter can carry. */
    public static final class Colon extends Named {
        @Override
        public String name() {
            return "a:b";
        }
    }

    /** Does nothing. */
    public abstract static class Named implements CustomOperator {
        @Override
        public List<TensorSpec> outputs(List<TensorSpec> inputs) {
            return inputs;
        }

        @Override
        public void run(Processor processor, List<Tensor> inputs, List<Tensor> outputs) {}
    }

    @Test
    void namesBothClassesOfAName() throws IOException {
        assertEquals(
                "two custom operators have the name 'relu': dev.infermark.kernel.gpsimd.Relu and "
                        + SecondRelu.class.getName() + "; rename one",
                refusal(SecondRelu.class.getName()));
    }

    @Test
    void refusesANameThatResultsCannotHold() throws IOException {
        assertEquals(
                "custom operator " + Colon.class.getName()
                        + " has the name 'a:b': use letters, digits, dots, dashes and underscores",
                refusal(Colon.class.getName()));
    }

    @Test
    void namesAClassThatIsNotThere() throws IOException {
        String message = refusal("com.example.Absent");
        assertTrue(message.startsWith("custom operators on the class path cannot be loaded: "), message);
        assertTrue(message.contains("com.example.Absent"), message);
    }

    private String refusal(String className) throws IOException {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(services.resolve(CustomOperator.class.getName()), className);
        try (URLClassLoader loader = new URLClassLoader(
                new URL[] {folder.toUri().toURL()}, CustomOperator.class.getClassLoader())) {
            return String.valueOf(
                    assertThrows(UserError.class, () -> CustomOperators.load(loader)).getMessage());
        }
    }
}
