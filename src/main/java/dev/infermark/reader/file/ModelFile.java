package dev.infermark.reader.file;

import com.google.protobuf.CodedInputStream;
import dev.infermark.base.UserError;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A model file that has been opened; its bytes stay on disk until they are looked at.
 *
 * @param path where it lies; for a saved model's folder the {@code saved_model.pb} in it
 * @param bytes its content, read-only
 */
public record ModelFile(Path path, ByteBuffer bytes) {
    private static final int MOST_TEXT = 100_000_000;

    /**
     * Opens a file.
     *
     * @throws UserError when it is missing, empty, no file, or larger than 2 GB
     */
    public static ModelFile open(Path given) {
        Path path = Files.isDirectory(given) ? given.resolve("saved_model.pb") : given;
        if (Files.exists(path) && !Files.isRegularFile(path)) {
            throw new UserError("cannot read " + path + ": it is no regular file; name a model file");
        }
        try (FileChannel channel = FileChannel.open(path)) {
            long size = channel.size();
            if (size == 0) {
                throw new UserError(path + " is empty; download or export the model again");
            }
            if (size > Integer.MAX_VALUE) {
                throw new UserError(path + " has more than 2147 MB, which is all that one message holds;"
                        + " export the model with its weights as external data");
            }
            return new ModelFile(path, channel.map(FileChannel.MapMode.READ_ONLY, 0, size));
        } catch (NoSuchFileException e) {
            String remedy = path.equals(given) ? "check the path" : "name the folder of a saved model, or a file";
            throw new UserError("cannot read " + path + ": no such file; " + remedy, e);
        } catch (IOException e) {
            throw new UserError("cannot read " + path + ": " + e.getMessage() + "; check the file", e);
        }
    }

    /** The file's name, for messages. */
    public String name() {
        return String.valueOf(path.getFileName());
    }

    /** The file's name without its suffix, for the graph. */
    public String title() {
        String name = name();
        return name.lastIndexOf('.') > 0 ? name.substring(0, name.lastIndexOf('.')) : name;
    }

    /** The content as a stream of protocol buffer fields, of which only those looked at are brought into memory. */
    CodedInputStream fields() {
        return CodedInputStream.newInstance(new BufferStream(bytes));
    }

    /**
     * The content, a protocol buffer, without long weights.
     *
     * @throws UserError when that is more than any network needs
     */
    public byte[] without(WeightPath weights, MessageParts parts) throws IOException {
        byte[] bare = weights.strip(bytes);
        parts.check(bare);
        return bare;
    }

    /**
     * The content as text.
     *
     * @throws UserError when it is longer than any text of a network
     */
    public String text() {
        if (bytes.remaining() > MOST_TEXT) {
            throw new UserError(name() + " has " + bytes.remaining() / 1_000_000 + " MB of text, and at most "
                    + MOST_TEXT / 1_000_000 + " MB are read; save the module as a protocol buffer");
        }
        return StandardCharsets.UTF_8.decode(bytes.duplicate()).toString();
    }

    /** What kind of model this is by its content; empty if none. */
    public Optional<ModelKind> kind() {
        return Sniffer.kind(this);
    }
}
