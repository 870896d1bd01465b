package dev.infermark.report.table;

import dev.infermark.base.FileDigits;
import dev.infermark.csv.CsvWriter;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import tools.jackson.databind.json.JsonMapper;

/** The ways a {@link Table} is written down. */
public enum TableFormat {
    /** Aligned columns for a terminal; where all results are of one kind, a sentence in front says so once. */
    TABLE {
        @Override
        public String write(Table table) {
            return table.commonKind()
                    .map(kind -> "All results are " + kind.label() + ".\n" + aligned(table.withoutKinds()))
                    .orElseGet(() -> aligned(table));
        }

        private String aligned(Table table) {
            List<List<String>> lines = new ArrayList<>();
            lines.add(table.columns().stream().map(Column::heading).toList());
            table.rows().forEach(row -> lines.add(row.stream().map(TableFormat::forPeople).toList()));
            int[] widths = IntStream.range(0, table.columns().size())
                    .map(c -> lines.stream().mapToInt(line -> line.get(c).length()).max().orElse(0))
                    .toArray();
            List<Boolean> numeric = IntStream.range(0, widths.length).mapToObj(table::isNumeric).toList();
            StringBuilder out = new StringBuilder();
            for (List<String> line : lines) {
                out.append(IntStream.range(0, widths.length)
                                .mapToObj(c -> pad(line.get(c), widths[c], numeric.get(c)))
                                .collect(Collectors.joining("  "))
                                .stripTrailing())
                        .append('\n');
            }
            return out.toString();
        }
    },

    /** Comma-separated values with one header line; numbers have six significant digits, whole ones all of theirs. */
    CSV {
        @Override
        public String write(Table table) {
            return CsvWriter.text(
                    table.columns().stream().map(Column::key).toList(),
                    table.rows().stream()
                            .map(row -> row.stream().map(TableFormat::forCsv).toList())
                            .toList());
        }
    },

    /** A JSON object with the version of its schema, {@code output.schema.json}, and one object per row. */
    JSON {
        @Override
        public String write(Table table) {
            List<Map<String, Object>> rows = table.rows().stream()
                    .map(row -> {
                        Map<String, Object> object = new LinkedHashMap<>();
                        for (int c = 0; c < row.size(); c++) {
                            object.put(table.columns().get(c).key(), forMachines(row.get(c)));
                        }
                        return object;
                    })
                    .toList();
            Map<String, Object> output = new LinkedHashMap<>();
            output.put("schema_version", SCHEMA_VERSION);
            output.put("rows", rows);
            return JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(output) + "\n";
        }
    },

    /** A Markdown table. */
    MARKDOWN {
        @Override
        public String write(Table table) {
            StringBuilder out = new StringBuilder();
            out.append(line(table.columns().stream().map(c -> escape(c.heading())).toList()));
            out.append(line(IntStream.range(0, table.columns().size())
                    .mapToObj(c -> table.isNumeric(c) ? "---:" : "---")
                    .toList()));
            for (List<Cell> row : table.rows()) {
                out.append(line(row.stream().map(cell -> escape(forPeople(cell))).toList()));
            }
            return out.toString();
        }

        private String line(List<String> cells) {
            return "| " + String.join(" | ", cells) + " |\n";
        }

        private String escape(String text) {
            return MarkdownEscape.text(text);
        }
    },

    /** NeuronPerf's columns, as CSV. */
    NEURONPERF {
        @Override
        public String write(Table table) {
            return NeuronPerfCsv.write(table);
        }
    };

    /** Counts up when a key of JSON output goes or changes its meaning; new keys do not count. */
    public static final int SCHEMA_VERSION = 1;

    /** Writes the whole table, ending with a line feed. */
    public abstract String write(Table table);

    /** How a number reads in a sentence for people. */
    public static String forPeople(double value) {
        return forPeople(Cell.of(value));
    }

    /** How a cell reads in a table for people. */
    public static String forPeople(Cell cell) {
        return switch (cell) {
            case Cell.Text(String value) -> value;
            case Cell.Term(_, String words) -> words;
            case Cell.Missing(String word) -> word;
            case Cell.Decimal(BigDecimal value) -> value.toPlainString();
            case Cell.Quantity(double value, int digits) when digits == 0 -> String.format(Locale.ROOT, "%,.0f", value);
            case Cell.Quantity(double value, int digits) -> significant(value, digits);
        };
    }

    private static String significant(double value, int digits) {
        if (value == 0) {
            return "0";
        }
        BigDecimal rounded = new BigDecimal(value).round(new MathContext(digits));
        return rounded.scale() <= 0
                ? String.format(Locale.ROOT, "%,d", rounded.toBigInteger())
                : rounded.toPlainString();
    }

    static Object forCsv(Cell cell) {
        return cell instanceof Cell.Decimal(BigDecimal value) ? value.toPlainString() : forMachines(cell);
    }

    private static Object forMachines(Cell cell) {
        return switch (cell) {
            case Cell.Text(String value) -> value;
            case Cell.Term(String value, _) -> value;
            case Cell.Missing(String word) -> word;
            case Cell.Decimal(BigDecimal value) -> value;
            case Cell.Quantity(double value, _) when Math.abs(value) >= 1e6 || isWhole(value) -> Math.round(value);
            case Cell.Quantity(double value, _) when isWhole(FileDigits.round(value)) -> Math.round(value);
            case Cell.Quantity(double value, _) -> FileDigits.round(value);
        };
    }

    private static boolean isWhole(double value) {
        return value == Math.rint(value);
    }

    private static String pad(String text, int width, boolean right) {
        String blanks = " ".repeat(width - text.length());
        return right ? blanks + text : text + blanks;
    }
}
