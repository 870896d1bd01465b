package dev.infermark.reader.hlo;

import dev.infermark.reader.file.Guard;
import dev.infermark.reader.hlo.HloModule.Computation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads HLO text: a module line, then computations of one instruction per line. */
final class HloTextParser {
    private static final int MOST_INSTRUCTIONS = 2_000_000;

    private final Map<String, Computation> computations = new HashMap<>();
    private String entry = "";
    private HloDevices devices = HloDevices.ONE;
    private int count;

    private HloTextParser() {}

    /** The module in a text. */
    static HloModule parse(String text) {
        HloTextParser parser = new HloTextParser();
        parser.read(text.split("\n", -1));
        return new HloModule(parser.computations, parser.entry, parser.devices);
    }

    private void read(String[] lines) {
        String name = "";
        String root = "";
        List<HloInstruction> instructions = new ArrayList<>();
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (line.startsWith("HloModule")) {
                devices = HloDevices.of(line);
                continue;
            }
            if (line.isEmpty() || line.startsWith("//") || isModuleTable(line)) {
                continue;
            }
            if (line.endsWith("{") && !line.contains(" = ")) {
                name = header(line, i + 1);
                instructions = new ArrayList<>();
                root = "";
            } else if (line.startsWith("}")) {
                String last = instructions.isEmpty() ? "" : instructions.getLast().name();
                Computation computation = new Computation(name, instructions, root.isEmpty() ? last : root);
                if (computations.put(name, computation) != null) {
                    throw new IllegalArgumentException("computation " + name + " is given twice");
                }
                name = "";
            } else {
                if (name.isEmpty()) {
                    throw new IllegalArgumentException("line " + (i + 1) + " lies outside any computation");
                }
                StringBuilder whole = new StringBuilder(line);
                HloBrackets brackets = new HloBrackets();
                brackets.read(line);
                int first = i;
                while (brackets.areOpen()) {
                    if (++i >= lines.length) {
                        throw new IllegalArgumentException(
                                "line " + (first + 1) + ": a bracket or a quote is opened and not closed");
                    }
                    String next = lines[i].strip();
                    brackets.read(" " + next);
                    whole.append(' ').append(next);
                }
                HloInstruction instruction = instruction(whole.toString(), first + 1);
                instructions.add(instruction);
                root = whole.toString().startsWith("ROOT ") ? instruction.name() : root;
            }
        }
        if (!name.isEmpty()) {
            throw new IllegalArgumentException("computation " + name + " does not end; the file is truncated");
        }
    }

    private HloInstruction instruction(String line, int number) {
        if (++count > MOST_INSTRUCTIONS) {
            throw new IllegalArgumentException("more than " + MOST_INSTRUCTIONS + " instructions");
        }
        try {
            return new HloLine(line).instruction();
        } catch (IllegalArgumentException | StringIndexOutOfBoundsException e) {
            throw new IllegalArgumentException(
                    "line " + number + ": " + Guard.cause(e, "it is cut off or holds no such numbers"), e);
        }
    }

    /** Tables of file names and stack frames that newer versions print after the module. */
    private static boolean isModuleTable(String line) {
        return line.matches("(FileNames|FunctionNames|FileLocations|StackFrames|\\d+ [\"{].*)");
    }

    private String header(String line, int number) {
        boolean isEntry = line.startsWith("ENTRY ");
        String rest = isEntry ? line.substring(6).strip() : line;
        int end = 0;
        while (end < rest.length() && " ({".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        String name = HloLine.bare(rest.substring(0, end));
        if (name.isEmpty()) {
            throw new IllegalArgumentException("line " + number + ": a computation without a name");
        }
        entry = isEntry ? name : entry;
        return name;
    }
}
