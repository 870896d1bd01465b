package dev.infermark.csv;

import dev.infermark.base.SafeFiles;
import dev.infermark.base.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVException;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads CSV with a header row by row; the header tells whether commas, semicolons or tabs separate its columns. */
public final class CsvReader {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final Pattern LINE = Pattern.compile("line:? (\\d+)");
    private static final int LONGEST_HEADER = 1 << 16;

    private CsvReader() {}

    /**
     * How a file is laid out.
     *
     * @param columns the header's names as written, without surrounding blanks
     * @param separator what stands between columns
     */
    public record Header(List<String> columns, char separator) {
        /** Copies the names. */
        public Header {
            columns = List.copyOf(columns);
        }
    }

    /** Takes what is read. */
    public interface Consumer {
        /** Comes once, before the rows. */
        default void header(Header header) {}

        /** One row that is not blank. */
        void accept(CsvRow row);
    }

    /** Hands every row to the consumer; refuses a file that lacks a required column. */
    public static void read(Path file, List<String> required, Consumer consumer) {
        try (Reader reader = SafeFiles.openText(file)) {
            read(file.toString(), reader, required, consumer);
        } catch (IOException e) {
            throw new UserError("cannot read " + file + ": " + e.getMessage() + "; check the file", e);
        }
    }

    /** Every row of a file. */
    public static List<CsvRow> rows(Path file, List<String> required) {
        List<CsvRow> rows = new ArrayList<>();
        read(file, required, rows::add);
        return List.copyOf(rows);
    }

    /**
     * Every row of a text.
     *
     * @param name what messages call the text
     */
    public static List<CsvRow> rows(String name, String text, List<String> required) {
        List<CsvRow> rows = new ArrayList<>();
        read(name, new StringReader(text), required, rows::add);
        return List.copyOf(rows);
    }

    private static void read(String file, Reader source, List<String> required, Consumer consumer) {
        try (LineEndReader ends = new LineEndReader(source);
                BufferedReader reader = new BufferedReader(ends)) {
            reader.mark(LONGEST_HEADER);
            if (reader.read() == BYTE_ORDER_MARK) {
                reader.mark(LONGEST_HEADER);
            } else {
                reader.reset();
            }
            String header = firstLine(file, reader);
            if (header.isBlank()) {
                throw new UserError(file + " is empty: expected the columns " + String.join(",", required));
            }
            reader.reset();
            char separator = separator(header);
            CSVFormat format = CSVFormat.DEFAULT.builder()
                    .setDelimiter(separator)
                    .setIgnoreEmptyLines(true)
                    .get();
            try (CSVParser parser = CSVParser.builder().setReader(reader).setFormat(format).get()) {
                parse(file, parser, ends, separator, required, consumer);
            }
        } catch (CharacterCodingException e) {
            throw new UserError("cannot read " + file + ": it is not UTF-8 text; convert it", e);
        } catch (IOException | UncheckedIOException e) {
            throw new UserError("cannot read " + file + ": " + reason(e), e);
        }
    }

    private static String firstLine(String file, Reader reader) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = reader.read(); next >= 0 && next != '\n' && next != '\r'; next = reader.read()) {
            line.append((char) next);
            if (line.length() >= LONGEST_HEADER) {
                throw new UserError("cannot read " + file + ": its first line has more than " + LONGEST_HEADER
                        + " characters; is it a table with a header?");
            }
        }
        return line.toString();
    }

    /** What is wrong with a text, in the words of people who write CSV. */
    private static String reason(Exception e) {
        Throwable cause = e instanceof UncheckedIOException && e.getCause() != null ? e.getCause() : e;
        if (!(cause instanceof CSVException)) {
            return cause.getMessage() + "; check the file";
        }
        Matcher line = LINE.matcher(String.valueOf(cause.getMessage()));
        return "quotes that do not pair" + (line.find() ? " at line " + line.group(1) : "")
                + "; double those inside a field, or take the line out";
    }

    private static void parse(
            String file,
            CSVParser parser,
            LineEndReader ends,
            char separator,
            List<String> required,
            Consumer consumer) {
        Decimals.Comma comma = separator == ',' ? Decimals.Comma.UNSURE : Decimals.Comma.DECIMAL;
        Iterator<CSVRecord> records = parser.iterator();
        CSVRecord names = records.next();
        Map<String, Integer> columns = header(file, names, required, separator, consumer);
        while (records.hasNext()) {
            CSVRecord csv = records.next();
            long line = parser.getCurrentLineNumber();
            CsvRow.End end =
                    records.hasNext() || ends.isAtLineEnd() ? CsvRow.End.LINE_END : CsvRow.End.FILE_END;
            consumer.accept(new CsvRow(csv, columns, names.size(), comma, file, line, end));
        }
    }

    private static Map<String, Integer> header(
            String file, CSVRecord csv, List<String> required, char separator, Consumer consumer) {
        List<String> names = csv.stream().map(String::strip).toList();
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (int i = 0; i < names.size(); i++) {
            if (!names.get(i).isEmpty() && columns.put(names.get(i).toLowerCase(Locale.ROOT), i) != null) {
                throw new UserError(file + " has two columns named '" + names.get(i) + "': rename one");
            }
        }
        List<String> missing = required.stream()
                .filter(name -> !columns.containsKey(name.toLowerCase(Locale.ROOT)))
                .toList();
        if (!missing.isEmpty()) {
            throw new UserError(file + " lacks the column " + String.join(", ", missing)
                    + ": expected a header line with " + String.join(",", required));
        }
        consumer.header(new Header(names, separator));
        return columns;
    }

    private static char separator(String header) {
        char best = ',';
        for (char candidate : new char[] {';', '\t'}) {
            if (count(header, candidate) > count(header, best)) {
                best = candidate;
            }
        }
        return best;
    }

    private static long count(String text, char wanted) {
        return text.chars().filter(c -> c == wanted).count();
    }
}
