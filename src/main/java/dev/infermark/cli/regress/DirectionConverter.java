package dev.infermark.cli.regress;

import dev.infermark.jmh.Direction;
import picocli.CommandLine.ITypeConverter;

/** Reads {@code lower} or {@code higher} (is better). */
final class DirectionConverter implements ITypeConverter<Direction> {
    @Override
    public Direction convert(String text) {
        return Direction.read(text, "--direction");
    }
}
