package dev.infermark.reader.file;

import com.google.protobuf.InvalidProtocolBufferException;
import dev.infermark.base.UserError;
import java.io.IOException;

/** Turns whatever goes wrong inside a broken file into one line for the user. */
public final class Guard {
    private static final int LONGEST_MESSAGE = 400;

    /** A reading that may fail. */
    @FunctionalInterface
    public interface Reading<T> {
        /** Reads. */
        T read() throws IOException;
    }

    private Guard() {}

    /**
     * The result of a reading.
     *
     * @param format what users call the format
     * @param dimensions the sizes that the user gave, which may be what does not fit
     * @throws UserError instead of any exception that the file's content causes
     */
    public static <T> T read(ModelFile file, String format, DimensionBindings dimensions, Reading<T> reading) {
        try {
            return reading.read();
        } catch (UserError e) {
            throw new UserError(oneLine(String.valueOf(e.getMessage())), e);
        } catch (InvalidProtocolBufferException e) {
            throw broken(file, format, "it is broken or truncated; export or download it again", e);
        } catch (IOException e) {
            throw broken(file, format, String.valueOf(e.getMessage()), e);
        } catch (StackOverflowError e) {
            throw broken(file, format, "it is nested too deeply; export it again", e);
        } catch (RuntimeException e) {
            String cause = cause(e, "it is inconsistent");
            String remedy = dimensions.isEmpty() ? "" : "give other sizes by --dim, or ";
            throw broken(file, format, cause + "; " + remedy + "check the file with the tool that exported it", e);
        }
    }

    /**
     * What an exception tells of the file, or the given words where it tells of Java's arrays and numbers alone.
     *
     * @param otherwise what is wrong in general
     */
    public static String cause(RuntimeException e, String otherwise) {
        if (e instanceof ArithmeticException) {
            return "its sizes are zero or beyond what 64 bits hold";
        }
        boolean isTold = e instanceof IllegalArgumentException && !(e instanceof NumberFormatException);
        return isTold && e.getMessage() != null ? e.getMessage() : otherwise;
    }

    private static UserError broken(ModelFile file, String format, String cause, Throwable e) {
        return new UserError(oneLine("cannot read " + file.name() + " as " + format + ": " + cause), e);
    }

    /** Names in a broken file can hold anything. */
    private static String oneLine(String message) {
        String line = message.replaceAll("\\p{Cntrl}+", " ");
        int half = LONGEST_MESSAGE / 2;
        return line.length() <= LONGEST_MESSAGE
                ? line
                : line.substring(0, half) + " ... " + line.substring(line.length() - half);
    }
}
