package dev.infermark.fuzz;

import dev.infermark.base.Sha256;
import dev.infermark.cli.Infermark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/**
 * The file of a small compiled network, and its parts, which are broken before their checksums are written.
 *
 * @param whole the file
 * @param manifest its first part
 * @param program its second part
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record CompiledSample(byte[] whole, byte[] manifest, byte[] program) {

    static CompiledSample create() throws IOException {
        Path file = Files.createTempFile("sample", ".zip");
        try {
            StringWriter ignored = new StringWriter();
            Infermark.run(new PrintWriter(ignored), new PrintWriter(ignored),
                    "compile", "src/examples/digits-mlp.onnx", "--dim", "batch=1", "--out", file.toString());
            try (ZipFile zip = new ZipFile(file.toFile())) {
                return new CompiledSample(
                        Files.readAllBytes(file), part(zip, "manifest.json"), part(zip, "program.json"));
            }
        } finally {
            Files.delete(file);
        }
    }

    byte[] withManifest(byte[] other) {
        return packed(other, program);
    }

    byte[] withProgram(byte[] other) {
        return packed(manifest, other);
    }

    private static byte[] part(ZipFile zip, String name) throws IOException {
        return zip.getInputStream(Objects.requireNonNull(zip.getEntry(name))).readAllBytes();
    }

    /** As people could who write the checksums anew. */
    private static byte[] packed(byte[] manifest, byte[] program) {
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put("manifest.json", manifest);
        parts.put("program.json", program);
        String sums = Sha256.of(manifest) + "  manifest.json\n" + Sha256.of(program) + "  program.json\n";
        parts.put("SHA256SUMS", sums.getBytes(StandardCharsets.UTF_8));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(content)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                zip.putNextEntry(new ZipEntry(part.getKey()));
                zip.write(part.getValue());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return content.toByteArray();
    }
}
