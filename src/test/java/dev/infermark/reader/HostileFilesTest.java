package dev.infermark.reader;

import static dev.infermark.Messages.assertMentions;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.infermark.base.UserError;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small files that ask for endless work, and sizes that wrap: each is refused in one line. */
class HostileFilesTest {
    /** More empty messages than a reader takes. */
    private static final int MANY = 3_000_001;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "onnx-conv-dilation-wrap.onnx,  64 bits",
        "onnx-conv-overflow.onnx,       64 bits",
        "onnx-convtranspose-wrap.onnx,  64 bits",
        "onnx-flops-overflow.onnx,      64 bits",
        "onnx-pool-overflow-stack.onnx, 64 bits",
        "onnx-pool-wrap-neg.onnx,       64 bits",
        "tf-call-fanout-30.pb,          calls are written out",
        "tf-split-2e31.pb,              equal parts",
        "hlo-while-doubling.txt,        tuple",
        "hlo-tuple-doubling-20.txt,     tuple"
    })
    void aFileThatWrapsOrGrowsIsRefused(String name, String cause) throws URISyntaxException {
        assertRefused(
                Path.of(Objects.requireNonNull(HostileFilesTest.class.getResource("hostile/" + name))
                        .toURI()),
                cause);
    }

    @Test
    void aBracketThatNeverClosesIsReadOnce() throws IOException {
        String text = "HloModule m\nENTRY e {\n  p = f32[2] parameter(0)\n  x = f32[2] custom-call(p, {\n"
                + "a\n".repeat(100_000) + "}\n";
        assertRefused(Files.writeString(folder.resolve("open.hlo"), text), "line 4");
    }

    @Test
    void emptyTensorFlowNodesAreCountedBeforeTheyTakeMemory() throws IOException {
        assertRefused(Files.write(folder.resolve("nodes.pb"), emptyMessages()), "parts");
    }

    @Test
    void emptyNodesInABranchOfAnOnnxNodeAreCountedToo() throws IOException {
        byte[] attribute = field(6, emptyMessages());
        byte[] graph = field(1, field(5, attribute));
        ByteArrayOutputStream model = new ByteArrayOutputStream();
        model.writeBytes(new byte[] {0x08, 0x08});
        model.writeBytes(field(8, new byte[] {0x10, 0x0d}));
        model.writeBytes(field(7, graph));
        assertRefused(Files.write(folder.resolve("branch.onnx"), model.toByteArray()), "parts");
    }

    @Test
    void aFileOfTwoGigabytesIsRefusedBeforeItIsRead() throws IOException {
        Path text = Files.writeString(folder.resolve("long.hlo"), "HloModule m\n");
        grow(text);
        assertRefused(text, "100 MB");
        // A first node whose one attribute goes on to the end of the file.
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.writeBytes(new byte[] {0x0a, 0x00, 0x22});
        number(1_999_999_000, head);
        Path graph = Files.write(folder.resolve("long.pb"), head.toByteArray());
        try (RandomAccessFile file = new RandomAccessFile(graph.toFile(), "rw")) {
            file.setLength(head.size() + 1_999_999_000L);
        }
        assertRefused(graph, "MB beside its weights");
    }

    private static void assertRefused(Path file, String cause) {
        var e = assertThrows(
                UserError.class, () -> Models.find(file.toString()).graph(Workload.ofBatch(1)));
        assertMentions(e, cause);
        assertEquals(1, String.valueOf(e.getMessage()).lines().count());
    }

    private static void grow(Path path) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(path.toFile(), "rw")) {
            file.setLength(2_000_000_000L);
        }
    }

    /** Empty messages in field 1. */
    private static byte[] emptyMessages() {
        return "\n\0".repeat(MANY).getBytes(StandardCharsets.ISO_8859_1);
    }

    private static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(number << 3 | 2);
        number(content.length, out);
        out.writeBytes(content);
        return out.toByteArray();
    }

    private static void number(int value, ByteArrayOutputStream out) {
        int rest = value;
        while (rest > 0x7f) {
            out.write((rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write(rest);
    }
}
