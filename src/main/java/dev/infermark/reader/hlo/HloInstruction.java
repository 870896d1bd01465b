package dev.infermark.reader.hlo;

import java.util.List;
import java.util.Map;

/**
 * One instruction, the same whether it was read from text or from a protocol buffer.
 *
 * @param name unique in its computation
 * @param opcode what it does, such as {@code dot}
 * @param shape the shape of its result
 * @param operands the names of the instructions whose results it reads
 * @param called the computations it calls: of a loop the body and then the condition
 * @param numbers its attributes that are lists of whole numbers, by the names that HLO text has for them
 * @param texts its other attributes
 */
record HloInstruction(
        String name,
        String opcode,
        HloShape shape,
        List<String> operands,
        List<String> called,
        Map<String, List<Long>> numbers,
        Map<String, String> texts) {
    /** Copies the collections. */
    HloInstruction {
        operands = List.copyOf(operands);
        called = List.copyOf(called);
        numbers = Map.copyOf(numbers);
        texts = Map.copyOf(texts);
    }

    /** A list of numbers, empty where it is missing. */
    List<Long> list(String attribute) {
        return numbers.getOrDefault(attribute, List.of());
    }

    /** A list of numbers as axes. */
    List<Integer> axes(String attribute) {
        return list(attribute).stream().map(Math::toIntExact).toList();
    }

    /** A number. */
    long number(String attribute, long otherwise) {
        return list(attribute).isEmpty() ? otherwise : list(attribute).getFirst();
    }

    /** A text, empty where it is missing. */
    String text(String attribute) {
        return texts.getOrDefault(attribute, "");
    }
}
