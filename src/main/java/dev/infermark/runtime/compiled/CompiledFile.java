package dev.infermark.runtime.compiled;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.Sha256;
import dev.infermark.base.UserError;
import dev.infermark.json.JsonRecords;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import tools.jackson.core.type.TypeReference;

/**
 * The file of a compiled network: a ZIP of {@code manifest.json}, {@code program.json} and the checksums of both in
 * {@code SHA256SUMS}, as {@code sha256sum} writes and checks them. Equal networks give equal files to the byte.
 */
public final class CompiledFile {
    private static final String MANIFEST = "manifest.json";
    private static final String PROGRAM = "program.json";
    private static final String SUMS = "SHA256SUMS";
    private static final String REMEDY = "compile the model again by infermark compile";

    /** ZIP's first moment, lest a file tell when it was written. */
    private static final LocalDateTime EPOCH = LocalDateTime.of(1980, 1, 1, 0, 0);

    /** More than any part has; the program of a large model has some hundred kilobytes. */
    private static final int MOST_BYTES = 64_000_000;

    private CompiledFile() {}

    /** Writes a compiled network; the file is whole or not there. */
    public static void write(Path file, CompiledNetwork network) {
        SafeFiles.write(file, content(network));
    }

    /** The content of the file. */
    public static byte[] content(CompiledNetwork network) {
        Manifest manifest = new Manifest(
                Manifest.FORMAT,
                Manifest.VERSION,
                network.provenance(),
                network.target(),
                network.sdk().toString(),
                network.precision(),
                network.facts());
        Map<String, byte[]> parts = new LinkedHashMap<>();
        parts.put(MANIFEST, bytes(JsonRecords.write(manifest)));
        parts.put(PROGRAM, bytes(JsonRecords.write(StoredProgram.of(network.program()))));
        parts.put(SUMS, bytes(sums(parts)));
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(content)) {
            for (Map.Entry<String, byte[]> part : parts.entrySet()) {
                ZipEntry entry = new ZipEntry(part.getKey());
                entry.setTimeLocal(EPOCH);
                zip.putNextEntry(entry);
                zip.write(part.getValue());
                zip.closeEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return content.toByteArray();
    }

    /**
     * The compiled network in a file.
     *
     * @throws UserError in one line where the file is none, is cut short, of another version or changed since
     */
    public static CompiledNetwork read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw new UserError("cannot read " + file + ": "
                    + (Files.exists(file) ? "it is no regular file; name one" : "no such file; check the path"));
        }
        if (!Files.isReadable(file)) {
            throw new UserError("cannot read " + file + ": access denied; check the permissions");
        }
        try (ZipFile zip = new ZipFile(file.toFile())) {
            String manifest = part(file, zip, MANIFEST);
            Manifest.requireVersion(
                    file.toString(),
                    JsonRecords.parse(name(file, MANIFEST), manifest, new TypeReference<>() {}, REMEDY));
            String program = part(file, zip, PROGRAM);
            Map<String, byte[]> parts = new LinkedHashMap<>();
            parts.put(MANIFEST, bytes(manifest));
            parts.put(PROGRAM, bytes(program));
            if (!sums(parts).equals(part(file, zip, SUMS)) || zip.size() != parts.size() + 1) {
                throw new UserError(file + " was changed after it was compiled: its parts are not those of its "
                        + SUMS + "; " + REMEDY);
            }
            return network(
                    file,
                    JsonRecords.parse(name(file, MANIFEST), manifest, new TypeReference<>() {}, REMEDY),
                    JsonRecords.parse(name(file, PROGRAM), program, new TypeReference<>() {}, REMEDY));
        } catch (IOException e) {
            String reason = e.getMessage() == null ? "its data end early" : e.getMessage();
            throw new UserError(file + " is no compiled network, or cut short: " + reason + "; " + REMEDY, e);
        }
    }

    private static CompiledNetwork network(Path file, Manifest manifest, StoredProgram program) {
        try {
            return new CompiledNetwork(
                    manifest.provenance(),
                    manifest.target(),
                    manifest.release(),
                    manifest.precision(),
                    manifest.network(),
                    program.program());
        } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new UserError(name(file, PROGRAM) + " holds a program that cannot be: " + e.getMessage() + "; "
                    + REMEDY, e);
        }
    }

    private static String part(Path file, ZipFile zip, String name) throws IOException {
        ZipEntry entry = zip.getEntry(name);
        if (entry == null) {
            throw new UserError(file + " is no compiled network: it has no " + name + "; " + REMEDY);
        }
        try (InputStream in = zip.getInputStream(entry)) {
            byte[] content = in.readNBytes(MOST_BYTES + 1);
            if (content.length > MOST_BYTES) {
                throw new UserError(name(file, name) + " has more than " + MOST_BYTES / 1_000_000 + " MB; " + REMEDY);
            }
            return new String(content, StandardCharsets.UTF_8);
        }
    }

    private static String sums(Map<String, byte[]> parts) {
        return parts.entrySet().stream()
                .map(part -> Sha256.of(part.getValue()) + "  " + part.getKey() + "\n")
                .collect(Collectors.joining());
    }

    private static String name(Path file, String part) {
        return part + " of " + file;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
