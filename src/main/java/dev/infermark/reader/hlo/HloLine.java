package dev.infermark.reader.hlo;

import dev.infermark.graph.Shape;
import dev.infermark.graph.TensorType;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads one instruction of HLO text, from the left to the right. */
final class HloLine {
    private static final int MOST_NESTED = 64;
    private static final Pattern TRIP_COUNT = Pattern.compile("known_trip_count\\W+n\\W+(\\d{1,9})");
    private static final Pattern OP_NAME = Pattern.compile("op_name=\"([^\"]*)\"");
    private static final Pattern GROUPS_OF = Pattern.compile("\\[\\d+,(\\d{1,9})\\]<=.*");

    private final String text;
    private int at;

    HloLine(String text) {
        this.text = text.replaceAll("/\\*[^*]*\\*/", "");
    }

    /** The instruction. */
    HloInstruction instruction() {
        if (text.startsWith("ROOT ")) {
            at = 5;
        }
        int equals = text.indexOf(" = ", at);
        if (equals < 0) {
            throw new IllegalArgumentException("no instruction");
        }
        String name = bare(text.substring(at, equals).strip());
        at = equals + 3;
        HloShape shape = shape(0);
        skipBlanks();
        String opcode = word();
        expect('(');
        String arguments = upTo(')');
        Map<String, String> attributes = attributes();
        Map<String, List<Long>> numbers = new HashMap<>();
        Map<String, String> texts = new HashMap<>();
        List<String> operands = new ArrayList<>();
        switch (opcode) {
            case "parameter" -> numbers.put("index", List.of(Long.parseLong(arguments.strip())));
            case "constant" -> texts.put("literal", arguments);
            default -> split(arguments).forEach(operand -> operands.add(operandName(operand)));
        }
        attributes.forEach((key, value) -> attribute(key, value, numbers, texts));
        return new HloInstruction(name, opcode, shape, operands, called(attributes), numbers, texts);
    }

    /** A name without its sign. */
    static String bare(String name) {
        return name.startsWith("%") ? name.substring(1) : name;
    }

    private HloShape shape(int depth) {
        if (depth > MOST_NESTED) {
            throw new IllegalArgumentException("tuples nested more than " + MOST_NESTED + " deep");
        }
        skipBlanks();
        if (text.charAt(at) == '(') {
            at++;
            List<HloShape> parts = new ArrayList<>();
            skipBlanks();
            while (text.charAt(at) != ')') {
                parts.add(shape(depth + 1));
                skipBlanks();
                if (text.charAt(at) == ',') {
                    at++;
                    skipBlanks();
                }
            }
            at++;
            return HloShape.tuple(parts);
        }
        String element = word();
        List<Long> dimensions = new ArrayList<>();
        if (at < text.length() && text.charAt(at) == '[') {
            at++;
            for (String dimension : split(upTo(']'))) {
                dimensions.add(Long.parseLong(dimension.replace("<=", "").strip()));
            }
        }
        if (at < text.length() && text.charAt(at) == '{') {
            at++;
            upTo('}');
        }
        return HloShape.of(new TensorType(HloShape.elementType(element), new Shape(dimensions)));
    }

    private Map<String, String> attributes() {
        Map<String, String> attributes = new HashMap<>();
        String rest = text.substring(at).strip();
        for (String part : split(rest.startsWith(",") ? rest.substring(1) : rest)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                attributes.put(part.substring(0, equals).strip(), part.substring(equals + 1).strip());
            }
        }
        return attributes;
    }

    private static void attribute(
            String key, String value, Map<String, List<Long>> numbers, Map<String, String> texts) {
        switch (key) {
            case "slice" -> numbers.put(key, HloNumbers.ranges(value));
            case "padding" -> numbers.put(key, HloNumbers.padding(value));
            case "window" -> numbers.putAll(HloNumbers.window(value));
            case "replica_groups" -> {
                Matcher iota = GROUPS_OF.matcher(value);
                String first = value.replaceFirst("^\\{\\{?", "").replaceFirst("}.*", "");
                long size = iota.matches() ? Long.parseLong(iota.group(1)) : HloNumbers.list(first).size();
                numbers.put("replica_group_size", List.of(size));
            }
            case "source_target_pairs" -> numbers.put(key, HloNumbers.list(value.replaceAll("[{}]", "")));
            case "sharding", "frontend_attributes" -> {
                numbers.merge("sharded_cores", List.of(HloShardings.cores(value)), HloLine::larger);
                texts.put(key, value);
            }
            case "metadata" -> {
                Matcher name = OP_NAME.matcher(value);
                texts.put("op_name", name.find() ? name.group(1) : "");
            }
            case "backend_config" -> {
                texts.put(key, value);
                Matcher trips = TRIP_COUNT.matcher(value);
                if (trips.find()) {
                    numbers.put("trip_count", List.of(Long.parseLong(trips.group(1))));
                }
            }
            default -> {
                texts.put(key, value.replace("\"", ""));
                if (value.matches("\\{?[-0-9, ]*}?")) {
                    numbers.put(key, HloNumbers.list(value.replaceAll("[{}]", "")));
                }
            }
        }
    }

    private static List<Long> larger(List<Long> one, List<Long> other) {
        return one.getFirst() < other.getFirst() ? other : one;
    }

    private static List<String> called(Map<String, String> attributes) {
        List<String> called = new ArrayList<>();
        for (String key : List.of("to_apply", "calls", "body", "condition", "true_computation", "false_computation")) {
            if (attributes.containsKey(key)) {
                called.add(bare(attributes.get(key)));
            }
        }
        String branches = attributes.getOrDefault("branch_computations", "{}");
        split(branches.substring(1, branches.length() - 1)).forEach(branch -> called.add(bare(branch.strip())));
        return called;
    }

    /** An operand is a name, which older versions print after its shape. */
    private static String operandName(String operand) {
        String bare = operand.strip();
        return bare(bare.substring(bare.lastIndexOf(' ') + 1));
    }

    private void skipBlanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
            at++;
        }
    }

    private String word() {
        int start = at;
        while (at < text.length() && isWord(text.charAt(at))) {
            at++;
        }
        if (start == at) {
            throw new IllegalArgumentException("a word expected at column " + (at + 1));
        }
        return text.substring(start, at);
    }

    private static boolean isWord(char c) {
        return Character.isLetterOrDigit(c) || "-_.".indexOf(c) >= 0;
    }

    private void expect(char c) {
        if (at >= text.length() || text.charAt(at) != c) {
            throw new IllegalArgumentException("'" + c + "' expected at column " + (at + 1));
        }
        at++;
    }

    /** The text up to the bracket that closes the one just opened, which is consumed. */
    private String upTo(char closing) {
        int start = at;
        int depth = 0;
        boolean quoted = false;
        while (at < text.length()) {
            char c = text.charAt(at);
            if (c == '"') {
                quoted = !quoted;
            } else if (!quoted && depth == 0 && c == closing) {
                at++;
                return text.substring(start, at - 1);
            } else if (!quoted) {
                depth += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
            }
            at++;
        }
        throw new IllegalArgumentException("'" + closing + "' is missing");
    }

    /** The parts between commas outside brackets and quotes. */
    private static List<String> split(String list) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int start = 0;
        boolean quoted = false;
        for (int i = 0; i < list.length(); i++) {
            char c = list.charAt(i);
            if (c == '"' && (i == 0 || list.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            } else if (!quoted && c == ',' && depth == 0) {
                parts.add(list.substring(start, i));
                start = i + 1;
            } else if (!quoted) {
                depth += "({[".indexOf(c) >= 0 ? 1 : ")}]".indexOf(c) >= 0 ? -1 : 0;
            }
        }
        if (!list.substring(start).isBlank()) {
            parts.add(list.substring(start));
        }
        return parts;
    }
}
