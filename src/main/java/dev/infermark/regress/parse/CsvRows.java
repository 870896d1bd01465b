package dev.infermark.regress.parse;

import dev.infermark.base.UserError;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Reads a CSV file row by row; the header tells whether commas, semicolons or tabs separate its columns. */
final class CsvRows {
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private CsvRows() {}

    /** Takes what is read. */
    interface Consumer {
        /** The header's names in lower case and what separates them; comes before the rows. */
        default void header(List<String> names, char separator) {}

        /** One row; the line is its number in the file. */
        void accept(Row row, long line);
    }

    /** One row, its fields found by the header's names. */
    static final class Row {
        private final CSVRecord csv;
        private final Map<String, Integer> columns;
        private final Decimals.Comma comma;
        private final boolean ended;

        private Row(CSVRecord csv, Map<String, Integer> columns, Decimals.Comma comma, boolean ended) {
            this.csv = csv;
            this.columns = columns;
            this.comma = comma;
            this.ended = ended;
        }

        /** Whether a line end follows; where none does, the file may be cut inside the row's last field. */
        boolean isEnded() {
            return ended;
        }

        /** A field without surrounding blanks, empty where the file has no such column or the field is blank. */
        Optional<String> get(String column) {
            Integer index = columns.get(column);
            return index == null || index >= csv.size()
                    ? Optional.empty()
                    : Optional.of(csv.get(index).strip()).filter(text -> !text.isEmpty());
        }

        /** A number, as the file's locale writes it. */
        OptionalDouble number(String column) {
            return Decimals.read(get(column).orElse(""), comma);
        }

        /** How many fields the row has fewer (negative) or more (positive) than the header. */
        int excess() {
            return csv.size() - columns.size();
        }
    }

    /** Hands every row that is not blank to the consumer; refuses a file that lacks a required column. */
    static void read(Path file, Consumer consumer, List<String> required) {
        try (LineEndReader ends = new LineEndReader(Files.newBufferedReader(file, StandardCharsets.UTF_8));
                BufferedReader reader = new BufferedReader(ends)) {
            reader.mark(1 << 16);
            if (reader.read() == BYTE_ORDER_MARK) {
                reader.mark(1 << 16);
            } else {
                reader.reset();
            }
            String header = Optional.ofNullable(reader.readLine()).orElse("");
            if (header.isBlank()) {
                throw new UserError(file + " is empty: expected the columns " + String.join(",", required));
            }
            reader.reset();
            char separator = separator(header);
            CSVFormat format = CSVFormat.DEFAULT.builder().setDelimiter(separator).setIgnoreEmptyLines(true).get();
            try (CSVParser parser = CSVParser.builder().setReader(reader).setFormat(format).get()) {
                parse(file, parser, ends, separator, consumer, required);
            }
        } catch (NoSuchFileException e) {
            throw new UserError("cannot read " + file + ": no such file; check the path", e);
        } catch (CharacterCodingException e) {
            throw new UserError("cannot read " + file + ": it is not UTF-8 text; convert it", e);
        } catch (IOException | UncheckedIOException e) {
            throw new UserError(
                    "cannot read " + file + ": " + e.getMessage() + "; correct that line or take it out", e);
        }
    }

    private static void parse(
            Path file,
            CSVParser parser,
            LineEndReader ends,
            char separator,
            Consumer consumer,
            List<String> required) {
        Decimals.Comma comma = separator == ',' ? Decimals.Comma.UNSURE : Decimals.Comma.DECIMAL;
        Map<String, Integer> columns = new LinkedHashMap<>();
        for (Iterator<CSVRecord> records = parser.iterator(); records.hasNext(); ) {
            CSVRecord record = records.next();
            long line = parser.getCurrentLineNumber();
            if (columns.isEmpty()) {
                for (int i = 0; i < record.size(); i++) {
                    String name = record.get(i).strip().toLowerCase(Locale.ROOT);
                    if (columns.put(name, i) != null) {
                        throw new UserError(file + " has two columns named '" + name + "': rename one");
                    }
                }
                List<String> missing = required.stream().filter(name -> !columns.containsKey(name)).toList();
                if (!missing.isEmpty()) {
                    throw new UserError(file + " lacks the column " + String.join(", ", missing)
                            + ": expected a header line with " + String.join(",", required));
                }
                consumer.header(List.copyOf(columns.keySet()), separator);
            } else {
                boolean ended = records.hasNext() || ends.isAtLineEnd();
                consumer.accept(new Row(record, columns, comma, ended), line);
            }
        }
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
